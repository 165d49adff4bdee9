package dev.amorelay.machines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.database.SqlFile;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Registers the machines of a won deal. Won, reopened, won again: one machine, one message. */
@Component
public class MachineRegistration {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate sql;
    private final Outbox outbox;
    private final OwnerInvitation invitation;
    private final AccountZones zones;
    private final Accounts accounts;
    private final SerialQuestion question;
    private final String register = SqlFile.read("machines/register.sql");

    /**
     * @param jdbc the relay's database
     * @param outbox where messages and tasks are owed
     * @param invitation for a client without a chat
     * @param zones by whose clock a date is a day
     * @param accounts whose field the serial numbers stand in
     * @param question to the manager, where a number stands elsewhere
     */
    public MachineRegistration(JdbcTemplate jdbc, Outbox outbox, OwnerInvitation invitation, AccountZones zones,
                               Accounts accounts, SerialQuestion question) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
        this.outbox = outbox;
        this.invitation = invitation;
        this.zones = zones;
        this.accounts = accounts;
        this.question = question;
    }

    /**
     * Registers the machines, owes each a message to the client, and settles the effect, in one commit.
     *
     * @param effect the registration that was owed
     * @param sale the won deal, with at least one serial number
     */
    @Transactional
    public void register(@Variable("effect") Effect effect, @Body Sale sale) {
        String account = (String) effect.payload().get("account");
        Long serialField = accounts.named(account).settings().field().serialId();
        List<String> registered = new ArrayList<>();
        for (String serial : sale.serials()) {
            if (serial.length() > SerialQuestion.LONGEST) {
                question.tooLong(sale, serial, account);
                continue;
            }
            boolean claimed = sale.claims().claimsSerial(serial);
            if (claimed && question.isNamedElsewhere(sale, serial, serialField)) {
                question.askAboutClaim(sale, serial, serialField, account);
                continue;
            }
            if (question.standsInAnotherSpelling(sale, serial)) {
                question.ask(sale, serial, account);
                continue;
            }
            int changed = sql.update(register, new MapSqlParameterSource()
                    .addValue("model", sale.model(), Types.VARCHAR)
                    .addValue("client", sale.client(), Types.OTHER)
                    .addValue("serial", serial)
                    .addValue("configuration", sale.configuration(), Types.VARCHAR)
                    .addValue("nextMaintenance", sale.nextMaintenance(), Types.DATE)
                    .addValue("claimed", claimed)
                    .addValue("zone", zones.of(account).getId())
                    .addValue("serialField", serialField, Types.BIGINT)
                    .addValue("account", sale.accountId())
                    .addValue("deal", sale.deal()));
            if (changed == 0) {
                question.ask(sale, serial, account);
                continue;
            }
            registered.add(serial);
            for (Long chat : chats(sale)) {
                String kind = "telegram.machine-registered";
                ObjectNode told = Json.object().put("chat", chat).put("serial", serial);
                if (sale.model() != null) {
                    told.put("machine", sale.model());
                }
                outbox.owe(kind, kind + ":" + serial + ":" + chat, serial, told);
            }
        }
        if (!registered.isEmpty()) {
            invitation.offer(sale, account);
        }
        outbox.done(effect, String.join(", ", registered));
    }

    /**
     * Asks the deal's manager for the serial number, and settles the effect, in one commit.
     *
     * @param effect the registration that was owed
     * @param sale the won deal without a serial number
     */
    @Transactional
    public void askForSerial(@Variable("effect") Effect effect, @Body Sale sale) {
        if (Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT FROM machine_instances WHERE account_id = ? AND amocrm_deal_id = ?)",
                Boolean.class, sale.accountId(), sale.deal()))) {
            // so that another deal can take the machine over
            outbox.skip(effect, "the serial number was taken out of the deal");
            return;
        }
        ObjectNode task = Json.object().put("task", "no-serial").put("lead", Long.parseLong(sale.deal()));
        if (sale.responsible() != null) {
            task.put("responsible", sale.responsible());
        }
        outbox.owe("crm.task", (String) effect.payload().get("account"), "crm.task:no-serial:" + sale.accountId() + ":" + sale.deal(), sale.deal(), task);
        outbox.skip(effect, "сделка выиграна без серийного номера, менеджеру поставлена задача");
    }

    /** The deal's own chat, else those of the client's people; one that only a form told is written to where there is nobody else. */
    private List<Long> chats(Sale sale) {
        if (sale.telegramId() != null && !sale.isChatClaimed()) {
            return List.of(sale.telegramId());
        }
        List<Long> people = sale.client() == null ? List.of() : jdbc.queryForList(
                "SELECT tg_id FROM telegram_users WHERE client_id = ? AND NOT chat_closed ORDER BY tg_id",
                Long.class, sale.client());
        return people.isEmpty() && sale.telegramId() != null ? List.of(sale.telegramId()) : people;
    }
}
