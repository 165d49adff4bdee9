package dev.amorelay.clients;

import dev.amorelay.database.SqlFile;
import java.sql.Types;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Clients: found by what a deal tells about its people, created when nobody is found. */
@Component
public class ClientRegister {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate sql;
    private final String find = SqlFile.read("clients/find.sql");
    private final String enrich = SqlFile.read("clients/enrich.sql");

    /**
     * @param jdbc the relay's database
     */
    public ClientRegister(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    /**
     * The client of a deal; created, and linked with the deal's people, when there is none. To be called in
     * the transaction that stored the contacts, whose row locks keep two workers from creating the same client.
     *
     * @param parties who stands behind the deal
     * @return the client; empty when the deal names nobody
     */
    public Optional<UUID> clientOf(DealParties parties) {
        if (parties.nobody()) {
            return Optional.empty();
        }
        holdTelegramUser(parties);
        UUID client = find(parties).orElseGet(() -> create(parties));
        link(client, parties);
        return Optional.of(client);
    }

    private void holdTelegramUser(DealParties parties) {
        if (parties.telegramId() != null) {
            jdbc.update("INSERT INTO telegram_users AS u (tg_id) VALUES (?) ON CONFLICT (tg_id) DO UPDATE SET tg_id = u.tg_id",
                    parties.telegramId());
        }
    }

    private Optional<UUID> find(DealParties parties) {
        return sql.queryForList(find, values(parties), UUID.class).stream().findFirst();
    }

    private UUID create(DealParties parties) {
        return jdbc.queryForObject("""
                INSERT INTO clients (name, inn, account_id, amocrm_company_id) VALUES (?, ?, ?, ?)
                ON CONFLICT (account_id, inn) WHERE inn IS NOT NULL DO UPDATE SET updated_at = now()
                RETURNING id""", UUID.class, parties.name(), parties.inn(), parties.account(), parties.company());
    }

    private void link(UUID client, DealParties parties) {
        sql.update(enrich, values(parties).addValue("client", client));
        jdbc.update("""
                UPDATE amocrm_contacts SET client_id = ?
                WHERE account_id = ? AND contact_id = ANY (?) AND client_id IS NULL""",
                client, parties.account(), parties.contacts().stream().map(Contact::id).toArray(Long[]::new));
        if (parties.telegramId() != null) {
            jdbc.update("UPDATE telegram_users SET client_id = ? WHERE tg_id = ? AND client_id IS NULL",
                    client, parties.telegramId());
        }
    }

    private static MapSqlParameterSource values(DealParties parties) {
        return new MapSqlParameterSource()
                .addValue("account", parties.account())
                .addValue("telegram", parties.telegramId(), Types.BIGINT)
                .addValue("contacts", parties.contacts().stream().map(Contact::id).toArray(Long[]::new))
                .addValue("phones", parties.contacts().stream().flatMap(c -> c.phones().stream()).toArray(String[]::new))
                .addValue("emails", parties.contacts().stream().flatMap(c -> c.emails().stream()).toArray(String[]::new))
                .addValue("inn", parties.inn(), Types.VARCHAR)
                .addValue("company", parties.company(), Types.BIGINT);
    }
}
