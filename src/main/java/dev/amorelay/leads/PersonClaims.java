package dev.amorelay.leads;

import dev.amorelay.database.SqlFile;
import dev.amorelay.delivery.Effect;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Who finds or creates the contact of a person: one worker a person, on all nodes, so that twenty leads from one new
 * phone make one contact. A claim holds as long as the lease of its lead, and so ends by itself, should its worker die.
 */
@Component
public class PersonClaims {

    /** Locked in the same order as they are claimed: two workers never wait for each other crosswise. */
    private static final String OURS = """
            WITH ours AS (
                SELECT person, told.nobody_at::timestamptz AS told_at
                FROM unnest(?::text[], ?::bigint[], ?::text[]) AS told(person, lease, nobody_at)
                JOIN contact_claims c USING (person, lease)
                WHERE c.account = ? ORDER BY person FOR UPDATE OF c
            )
            """;

    private final JdbcTemplate jdbc;
    private final String statement = SqlFile.read("leads/claim-persons.sql");

    private final Duration untilLookedUp;

    /**
     * @param jdbc the relay's database
     * @param lookUpAfter how long after a create without an answer it is looked for
     */
    public PersonClaims(JdbcTemplate jdbc, @Value("${relay.gate.look-up-after:20s}") Duration lookUpAfter) {
        this.jdbc = jdbc;
        this.untilLookedUp = lookUpAfter.multipliedBy(3).dividedBy(2);
    }

    /**
     * A person that is ours to meet.
     *
     * @param person phone in E.164 or e-mail in small letters
     * @param lead the effect, held by lease, for whose sake the person is met
     * @param nobodyAt when the CRM was asked in vain, at most ten minutes ago; null where it was not
     */
    public record Claim(String person, Effect lead, @Nullable Instant nobodyAt) {

        /**
         * The same claim, the CRM having been asked in vain.
         *
         * @param moment when
         * @return what it is now
         */
        Claim unknownSince(Instant moment) {
            return new Claim(person, lead, moment);
        }
    }

    /**
     * Claims persons.
     *
     * @param account the configured name of the account
     * @param wanted for whose sake, by person
     * @return those that are ours now, by person; the others are another worker's
     */
    public Map<String, Claim> claim(String account, Map<String, Effect> wanted) {
        Map<String, Claim> ours = new HashMap<>();
        if (wanted.isEmpty()) {
            return ours;
        }
        jdbc.query(statement, row -> {
            String person = row.getString("person");
            Timestamp nobodyAt = row.getTimestamp("nobody_at");
            ours.put(person, new Claim(person, wanted.get(person), nobodyAt == null ? null : nobodyAt.toInstant()));
        }, wanted.keySet().toArray(String[]::new), wanted.values().stream().map(Effect::id).toArray(Long[]::new),
                wanted.values().stream().map(Effect::lease).toArray(Long[]::new), account, account);
        return ours;
    }

    /**
     * Ends claims on persons whose contacts are known now.
     *
     * @param account the configured name of the account
     * @param claims what was claimed
     */
    public void met(String account, Collection<Claim> claims) {
        end(account, claims, "DELETE FROM contact_claims c USING ours WHERE account = ? AND c.person = ours.person");
    }

    /**
     * Ends claims on persons that are still to be met. That the CRM does not know them is kept for ten minutes.
     *
     * @param account the configured name of the account
     * @param claims what was claimed
     */
    public void giveBack(String account, Collection<Claim> claims) {
        end(account, claims, """
                UPDATE contact_claims c SET claimed_until = now(), nobody_at = told_at
                FROM ours WHERE account = ? AND c.person = ours.person""");
    }

    /**
     * Keeps persons claimed for a while: their contacts may turn up in the CRM in a moment, and nobody shall look before.
     *
     * @param account the configured name of the account
     * @param claims what was claimed
     */
    public void keep(String account, Collection<Claim> claims) {
        end(account, claims, """
                UPDATE contact_claims c SET claimed_until = now() + interval '1 ms' * %d
                FROM ours WHERE account = ? AND c.person = ours.person""".formatted(untilLookedUp.toMillis()));
    }

    private void end(String account, Collection<Claim> claims, String how) {
        if (claims.isEmpty()) {
            return;
        }
        jdbc.update(OURS + how, column(claims, Claim::person),
                claims.stream().map(claim -> claim.lead().lease()).toArray(Long[]::new),
                column(claims, claim -> claim.nobodyAt() == null ? null : claim.nobodyAt().toString()), account, account);
    }

    private static String[] column(Collection<Claim> claims, Function<Claim, String> value) {
        return claims.stream().map(value).toArray(String[]::new);
    }
}
