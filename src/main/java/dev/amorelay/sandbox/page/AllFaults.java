package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.crm.CrmAccount;
import dev.amorelay.sandbox.crm.CrmAccounts;
import dev.amorelay.sandbox.crm.CrmFault;
import dev.amorelay.sandbox.crm.CrmProblem;
import dev.amorelay.sandbox.faults.Fault;
import dev.amorelay.sandbox.faults.FaultList;
import dev.amorelay.sandbox.mail.MailFault;
import dev.amorelay.sandbox.mail.SandboxMailServer;
import dev.amorelay.sandbox.telegram.TelegramFault;
import java.util.List;

/** The faults of all stand-ins: those of amoCRM an account each, those of Telegram, those of the mail server. */
public final class AllFaults {

    private static final String CRM = "crm";
    private static final String TELEGRAM = "telegram";
    private static final String SMTP = "smtp";

    private final CrmAccounts accounts;
    private final FaultList<TelegramFault> telegram;
    private final SandboxMailServer mail;

    /** The faults of these three. */
    public AllFaults(CrmAccounts accounts, FaultList<TelegramFault> telegram, SandboxMailServer mail) {
        this.accounts = accounts;
        this.telegram = telegram;
        this.mail = mail;
    }

    /** @return the words of all faults: {@code {"crm":[…],"telegram":[…],"smtp":[…]}} */
    static ObjectNode names() {
        ObjectNode names = Json.object();
        names.set(CRM, Json.MAPPER.valueToTree(Fault.words(CrmFault.class)));
        names.set(TELEGRAM, Json.MAPPER.valueToTree(Fault.words(TelegramFault.class)));
        names.set(SMTP, Json.MAPPER.valueToTree(Fault.words(MailFault.class)));
        return names;
    }

    /**
     * Adds a fault at the place that its {@code at} names, {@code crm} unless told otherwise.
     *
     * @param account of a fault at {@code crm} that does not name one itself
     */
    void add(JsonNode wish, String account) {
        if (!wish.isObject()) {
            throw CrmProblem.badRequest("a fault is an object with at least a key fault");
        }
        try {
            switch (wish.path("at").asText(CRM)) {
                case CRM -> accounts.named(wish.path("account").asText(account)).conduct().faults().add(wish);
                case TELEGRAM -> telegram.add(wish);
                case SMTP -> mail.addFault(wish);
                default -> throw new IllegalArgumentException("at must be one of crm, telegram, smtp");
            }
        } catch (IllegalArgumentException e) {
            throw CrmProblem.badRequest(e.getMessage());
        }
    }

    /** Removes the faults of a place, of an account, or with neither named all. */
    void clear(String at, String account) {
        boolean everywhere = at == null && account == null;
        if (everywhere || TELEGRAM.equals(at)) {
            telegram.clear();
        }
        if (everywhere || SMTP.equals(at)) {
            mail.clearFaults();
        }
        if (account != null) {
            accounts.named(account).conduct().faults().clear();
        } else if (everywhere || CRM.equals(at)) {
            accounts.all().forEach(one -> one.conduct().faults().clear());
        }
    }

    /** @return all in force: {@code [{at, account, fault, percent, count, on, seed, …, seen, hits}]} */
    ArrayNode view() {
        ArrayNode all = Json.array();
        for (CrmAccount account : accounts.all()) {
            put(all, CRM, account.name(), account.conduct().faults().view());
        }
        put(all, TELEGRAM, null, telegram.view());
        put(all, SMTP, null, mail.faults());
        return all;
    }

    private static void put(ArrayNode all, String at, String account, List<ObjectNode> faults) {
        for (ObjectNode fault : faults) {
            ObjectNode one = all.addObject().put("at", at);
            if (account != null) {
                one.put("account", account);
            }
            one.setAll(fault);
        }
    }
}
