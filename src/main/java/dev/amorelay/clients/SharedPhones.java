package dev.amorelay.clients;

import dev.amorelay.database.SqlFile;
import dev.amorelay.delivery.FlowEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Phones that people have shared in Telegram. One leads to a client when it leads to exactly one; otherwise it is kept, and
 * tried again whenever its owner signs in, for 30 days. Nobody who belongs to a client is moved by a phone.
 */
@Component
public class SharedPhones {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate sql;
    private final FlowEvents events;
    private final String owners = SqlFile.read("clients/owners-of-phone.sql");

    /**
     * @param jdbc the relay's database
     * @param events tells the flow whose phone leads to several clients
     */
    public SharedPhones(JdbcTemplate jdbc, FlowEvents events) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
        this.events = events;
    }

    /** What a phone leads to. */
    public enum Outcome { LINKED, NOBODY, AMBIGUOUS }

    private record Owner(UUID client, String name, String deal, String account, Long responsible) {
    }

    /**
     * Keeps a phone, and links its owner where it leads to exactly one client, in one commit.
     *
     * @param telegramId Telegram's id of the owner, who is signed in
     * @param phone E.164, vouched for by Telegram
     * @return what it leads to; {@code LINKED} for somebody who belongs to a client already
     */
    @Transactional
    public Outcome share(long telegramId, String phone) {
        jdbc.update("UPDATE telegram_users SET phone = ?, phone_shared_at = now() WHERE tg_id = ?", phone, telegramId);
        return follow(telegramId);
    }

    /**
     * Tries once more to link somebody by the phone that was shared before.
     *
     * @param telegramId Telegram's id
     * @return what it leads to; {@code NOBODY} for somebody who has shared none
     */
    @Transactional
    public Outcome follow(long telegramId) {
        // whoever links the same person now waits
        // a number changes hands: what somebody had months ago says nothing of who has it now
        Person person = jdbc.query("SELECT phone, coalesce(phone_shared_at > now() - interval '30 days', false) AS proved, client_id"
                + " FROM telegram_users WHERE tg_id = ? FOR UPDATE", SharedPhones::person, telegramId).stream().findFirst().orElse(new Person(null, null));
        if (person.client() != null) {
            return Outcome.LINKED;
        }
        if (person.phone() == null) {
            return Outcome.NOBODY;
        }
        List<Owner> found = sql.query(owners, new MapSqlParameterSource().addValue("phone", person.phone()), SharedPhones::owner);
        if (found.size() == 1) {
            jdbc.update("UPDATE telegram_users SET client_id = ?, linked_by = 'phone', linked_at = now(), is_verified = true WHERE tg_id = ?",
                    found.get(0).client(), telegramId);
            return Outcome.LINKED;
        }
        if (found.size() > 1) {
            ask(telegramId, found);
        }
        return found.isEmpty() ? Outcome.NOBODY : Outcome.AMBIGUOUS;
    }

    /** Once a person: the manager is not asked anew at each sign-in. */
    private void ask(long telegramId, List<Owner> owners) {
        owners.stream().filter(owner -> owner.deal() != null && owner.account() != null).findFirst().ifPresent(newest -> {
            Map<String, Object> facts = new HashMap<>();
            facts.put("telegram", telegramId);
            facts.put("account", newest.account());
            facts.put("deal", newest.deal());
            facts.put("lead", Long.parseLong(newest.deal()));
            facts.put("clients", owners.stream().map(Owner::name).distinct().toList());
            facts.put("responsible", newest.responsible());
            events.tell("clients.phone.ambiguous", facts);
        });
    }

    private record Person(String phone, UUID client) {
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        return new Person(row.getBoolean("proved") ? row.getString("phone") : null, row.getObject("client_id", UUID.class));
    }

    private static Owner owner(ResultSet row, int number) throws SQLException {
        return new Owner(row.getObject("client_id", UUID.class), row.getString("name"), row.getString("deal"), row.getString("account"),
                row.getObject("responsible", Long.class));
    }
}
