package dev.amorelay.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.clients.TelegramUser;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.leads.Lead;
import dev.amorelay.leads.LeadBook;
import dev.amorelay.leads.LeadPost;
import dev.amorelay.leads.LeadSourcesBook;
import dev.amorelay.leads.LeadStore;
import dev.amorelay.phone.Phones;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A request as a lead: «Сервисная заявка», as the replaced backend made it, with serial number, model and Telegram id. The flow of
 * leads makes contact, deal, notes and mail copy of it.
 */
@Component
public class RequestLead {

    /** Managers know it as «Сервисная заявка». */
    static final String SOURCE = "diagnostics";

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final KnownAccounts known;
    private final LeadStore leads;
    private final LeadBook book;
    private final LeadSourcesBook sources;
    private final String contact = SqlFile.read("service/contact.sql");

    /**
     * @param jdbc the relay's database
     * @param accounts where deals go
     * @param known amoCRM's numbers of the accounts
     * @param leads where the lead is stored
     * @param book the stored leads
     * @param sources what its leads owe
     */
    public RequestLead(JdbcTemplate jdbc, Accounts accounts, KnownAccounts known, LeadStore leads, LeadBook book, LeadSourcesBook sources) {
        this.sources = sources;
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.known = known;
        this.leads = leads;
        this.book = book;
    }

    /**
     * The account that gets the deal.
     *
     * @param machine what the request is about
     * @return the configured name of the account that sold the machine; where it is not known, of the one that takes such leads
     */
    String account(UUID machine) {
        return jdbc.queryForList("SELECT account_id FROM machine_instances WHERE id = ? AND account_id IS NOT NULL", Long.class, machine)
                .stream().map(number -> known.nameOf(number, null)).filter(accounts.names()::contains)
                .findFirst().orElseGet(() -> accounts.takingLeadsOf(SOURCE).name());
    }

    /**
     * Stores the lead, in the transaction that stores the request. Its contact is the client's own where the CRM has one: the phone
     * is anybody's who typed it.
     *
     * @param request just stored
     * @param user who asks
     */
    void store(ServiceRequest request, TelegramUser user) {
        String name = user.name() == null ? user.clientName() : user.name();
        String phone = Phones.e164(request.phone()).orElse(null);
        Lead lead = new Lead(request.lead(), SOURCE, name, request.phone(), phone, null, request.description(), user.telegramId(), 0,
                meta(request, user), List.of());
        leads.store(new LeadPost(lead, request.account(), "service-request:" + request.id(), "30 days"), debts(request));
        jdbc.queryForList(contact, Long.class, request.client(), request.machine().id(), phone).stream().findFirst()
                .ifPresent(id -> book.rememberContacts(Map.of(request.lead(), new LeadBook.Link(id, null))));
    }

    private static ObjectNode meta(ServiceRequest request, TelegramUser user) {
        ObjectNode meta = Json.object()
                .put("serial_number", request.machine().serial())
                .put("machine_type", request.machine().name())
                .put("tg_user_id", user.telegramId())
                .put("Заявка", "№" + request.number())
                .put("Клиент", user.clientName());
        if (request.phone() != null) {
            meta.put("Телефон для связи", request.phone());
        }
        if (!request.photos().isEmpty()) {
            meta.put("Фото", request.photos().size());
        }
        return meta;
    }

    private ArrayNode debts(ServiceRequest request) {
        ArrayNode debts = sources.owes(accounts.named(request.account()), SOURCE);
        Long pipeline = accounts.named(request.account()).settings().service().pipelineId();
        if (pipeline != null) {
            debts.forEach(debt -> {
                if (debt.path("kind").asText().equals("crm.lead")) {
                    ((ObjectNode) debt).withObject("payload").put("pipeline_id", pipeline);
                }
            });
        }
        return debts;
    }
}
