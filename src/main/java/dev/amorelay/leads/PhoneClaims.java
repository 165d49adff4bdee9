package dev.amorelay.leads;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Who finds or creates the contact of a phone: one worker a phone, on all nodes, so that twenty leads from one new
 * phone make one contact. A claim ends by itself, should its worker die.
 */
@Component
public class PhoneClaims {

    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final JdbcTemplate jdbc;

    /**
     * @param jdbc the relay's database
     */
    public PhoneClaims(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims phones.
     *
     * @param account the configured name of the account
     * @param phones E.164
     * @param worker who claims; the same worker may claim again
     * @return those that are ours now; the others are another worker's
     */
    public Set<String> claim(String account, Collection<String> phones, UUID worker) {
        return new HashSet<>(jdbc.queryForList("""
                INSERT INTO contact_claims AS known (account, phone, claimed_by, claimed_until)
                SELECT ?, phone, ?, now() + make_interval(secs => ?) FROM unnest(?::text[]) AS phone ORDER BY phone
                ON CONFLICT (account, phone) DO UPDATE
                SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
                WHERE known.claimed_until < now() OR known.claimed_by = excluded.claimed_by
                RETURNING phone""", String.class, account, worker, CLAIM.toSeconds(), phones.toArray(String[]::new)));
    }

    /**
     * Gives phones back, their contacts being known now.
     *
     * @param account the configured name of the account
     * @param phones E.164
     * @param worker who claimed them
     */
    public void release(String account, Collection<String> phones, UUID worker) {
        jdbc.update("DELETE FROM contact_claims WHERE account = ? AND phone = ANY (?) AND claimed_by = ?",
                account, phones.toArray(String[]::new), worker);
    }
}
