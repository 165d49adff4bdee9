package dev.amorelay.machines;

import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.database.SqlFile;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
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
     * @param outbox where registrations are settled
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
     * Registers the machines, in the caller's commit, and hands on who is to be told what.
     *
     * @param effect the registration that was owed
     * @param sale the won deal, with at least one serial number
     * @return a plain map: {@code registered} the serial numbers as a text, and lists of plain maps, {@code messages} with {@code chat},
     *     {@code serial} and {@code machine} (the model, or null), {@code tasks} and {@code notes} for the manager with {@code key},
     *     {@code account}, {@code subject} and {@code payload}: what the task or the note is about, by its name
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, Object> register(@Variable("effect") Effect effect, @Body Sale sale) {
        String account = (String) effect.payload().get("account");
        Long serialField = accounts.named(account).settings().field().serialId();
        List<Map<String, Object>> messages = new ArrayList<>();
        List<Map<String, Object>> tasks = new ArrayList<>();
        List<String> registered = new ArrayList<>();
        for (String serial : sale.serials()) {
            if (serial.length() > SerialQuestion.LONGEST) {
                tasks.add(question.tooLong(sale, serial, account));
                continue;
            }
            boolean claimed = sale.claims().claimsSerial(serial);
            if (claimed && question.isNamedElsewhere(sale, serial, serialField)) {
                tasks.add(question.askAboutClaim(sale, serial, serialField, account));
                continue;
            }
            if (question.standsInAnotherSpelling(sale, serial)) {
                question.ask(sale, serial, account).ifPresent(tasks::add);
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
                question.ask(sale, serial, account).ifPresent(tasks::add);
                continue;
            }
            registered.add(serial);
            for (Long chat : chats(sale)) {
                Map<String, Object> told = new LinkedHashMap<>();
                told.put("chat", chat);
                told.put("serial", serial);
                told.put("machine", sale.model());
                messages.add(told);
            }
        }
        List<Map<String, Object>> notes = registered.isEmpty() ? List.of() : invitation.of(sale, account).stream().toList();
        return Map.of("registered", String.join(", ", registered), "messages", messages, "tasks", tasks, "notes", notes);
    }

    /**
     * Settles a registration, last in the commit that holds all that follows from it.
     *
     * @param effect the registration that was owed
     * @param registration as {@link #register} has handed it on
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void settle(@Variable("effect") Effect effect, @Body Map<String, Object> registration) {
        outbox.done(effect, (String) registration.get("registered"));
    }

    /**
     * Settles the registration of a deal without a serial number, in the caller's commit, which owes the question for it.
     *
     * @param effect the registration that was owed
     * @param sale the won deal without a serial number
     * @return the task for the deal's manager, as {@link #register} hands it on; none where the number was taken out again
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Map<String, Object>> askForSerial(@Variable("effect") Effect effect, @Body Sale sale) {
        if (Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT FROM machine_instances WHERE account_id = ? AND amocrm_deal_id = ?)",
                Boolean.class, sale.accountId(), sale.deal()))) {
            // so that another deal can take the machine over
            outbox.skip(effect, "the serial number was taken out of the deal");
            return List.of();
        }
        outbox.skip(effect, "сделка выиграна без серийного номера, менеджеру поставлена задача");
        return List.of(SerialQuestion.task(sale, (String) effect.payload().get("account"),
                "crm.task:no-serial:" + sale.accountId() + ":" + sale.deal(), Map.of("task", "no-serial")));
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
