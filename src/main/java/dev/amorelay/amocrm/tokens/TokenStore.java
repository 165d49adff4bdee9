package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The pairs in the database. Every statement is a transaction of its own; the lease in the row, not a lock, keeps
 * others from refreshing, so nothing is open while amoCRM is asked. What is written after that is guarded by the
 * mark of the pair that was read before: a slow refresher never overwrites a newer pair.
 */
@Component
class TokenStore {

    /** Longer than the wait for the budget, and than one call; renewed before each. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Times are told by the database's clock, so that no node's own matters; what can never be refreshed is looked at once a minute. */
    private static final String FIND = """
            SELECT client_id, address, access_token, refresh_token, trouble, cause, remedy,
                   CAST(extract(epoch FROM expires_at - now()) * 1000 AS bigint)   AS left_ms,
                   CAST(extract(epoch FROM now() - refreshed_at) * 1000 AS bigint) AS age_ms,
                   CASE WHEN retry_at > now()
                        THEN CAST(extract(epoch FROM least(retry_at, now() + interval '1 minute') - now()) * 1000 AS bigint)
                   END AS held_back_ms
            FROM oauth_tokens WHERE account = ?""";

    /** One of all threads and nodes gets a row back. A lease whose holder died runs out by itself. */
    private static final String LEASE_IT = """
            UPDATE oauth_tokens SET refreshing_by = ?, refreshing_until = now() + ? * interval '1 s'
            WHERE account = ? AND refresh_token = ?
              AND (refreshing_until IS NULL OR refreshing_until < now())
              AND (retry_at IS NULL OR retry_at <= now())
            RETURNING account""";

    /** Takes the place of the pair that was refreshed, and of no other. */
    private static final String REPLACE = """
            UPDATE oauth_tokens SET address = ?, access_token = ?, refresh_token = ?, expires_at = now() + ? * interval '1 s',
                refreshed_at = now(), refreshing_by = NULL, refreshing_until = NULL, trouble = NULL, cause = NULL, remedy = NULL, retry_at = NULL
            WHERE account = ? AND refresh_token = ?""";

    /** A refresh that is under way meanwhile finds its pair gone and leaves this one alone. */
    private static final String PUT = """
            INSERT INTO oauth_tokens (account, client_id, address, account_id, access_token, refresh_token, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, now() + ? * interval '1 s')
            ON CONFLICT (account) DO UPDATE SET
                client_id = excluded.client_id, address = excluded.address, account_id = excluded.account_id,
                access_token = excluded.access_token, refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,
                refreshed_at = now(), refreshing_by = NULL, refreshing_until = NULL, trouble = NULL, cause = NULL, remedy = NULL, retry_at = NULL""";

    private final JdbcTemplate jdbc;
    private final List<String> ownKeys;

    /** @param ownKeys what tokens are sealed with, the newest first; empty = the integration's secret */
    TokenStore(JdbcTemplate jdbc, @Value("${relay.token-keys:}") List<String> ownKeys) {
        this.jdbc = jdbc;
        this.ownKeys = ownKeys.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
    }

    /**
     * The pair of an account.
     *
     * @param account a configured account that uses OAuth
     * @return the pair, opened
     * @throws CrmUnavailable when there is none that can be used, and what a person has to do
     */
    StoredPair get(Account account) {
        List<StoredPair> found = jdbc.query(FIND, (row, number) -> read(account, row), account.name());
        if (found.isEmpty()) {
            throw OAuthTroubles.noPair(account);
        }
        return found.get(0);
    }

    /** @return where the stored pair says that the account answers; empty without a pair */
    Optional<String> addressOf(Account account) {
        return jdbc.queryForList("SELECT address FROM oauth_tokens WHERE account = ?", String.class, account.name()).stream().findFirst();
    }

    /** @return amoCRM's number of the account, where it is configured or was learned */
    Optional<Long> numberOf(Account account) {
        return account.settings().id() != null ? Optional.of(account.settings().id())
                : jdbc.queryForList("SELECT account_id FROM amocrm_accounts WHERE name = ? AND account_id IS NOT NULL",
                        Long.class, account.name()).stream().findFirst();
    }

    /**
     * Takes the right to refresh a pair.
     *
     * @param pair as read
     * @return the lease; empty when somebody else has it, the pair is not the stored one any more, or is held back
     */
    Optional<UUID> lease(StoredPair pair) {
        UUID lease = UUID.randomUUID();
        boolean taken = !jdbc.queryForList(LEASE_IT, String.class, lease, LEASE.toSeconds(), pair.account(), pair.mark()).isEmpty();
        return taken ? Optional.of(lease) : Optional.empty();
    }

    /** @return whether the lease is still ours, for its whole length from now on */
    boolean extend(UUID lease) {
        return jdbc.update("UPDATE oauth_tokens SET refreshing_until = now() + ? * interval '1 s' WHERE refreshing_by = ?",
                LEASE.toSeconds(), lease) == 1;
    }

    /** Gives the lease back with nothing done. */
    void release(UUID lease) {
        jdbc.update("UPDATE oauth_tokens SET refreshing_by = NULL, refreshing_until = NULL WHERE refreshing_by = ?", lease);
    }

    /**
     * Puts the next pair in the place of the one before, and ends lease and trouble.
     *
     * @param before the pair that was refreshed
     * @param address where the account answers now
     * @param next the new pair
     * @return false when another pair came in the meantime, which stays
     */
    boolean replace(StoredPair before, Account account, String address, TokenPair next) {
        TokenSeal seal = seal(account);
        return jdbc.update(REPLACE, address, seal.seal(next.access(), place(account, "access")),
                seal.seal(next.refresh(), place(account, "refresh")), next.life().toSeconds(), account.name(), before.mark()) == 1;
    }

    /**
     * Notes why a refresh failed, for all nodes, and ends the lease.
     *
     * @param pair that was to be refreshed
     * @param unavailable what is wrong
     * @param holdOff how long nobody tries again; null = never with this pair
     * @return false when another pair came in the meantime, which is not touched
     */
    boolean fail(StoredPair pair, CrmUnavailable unavailable, @Nullable Duration holdOff) {
        return jdbc.update("""
                UPDATE oauth_tokens SET refreshing_by = NULL, refreshing_until = NULL, trouble = ?, cause = ?, remedy = ?,
                    retry_at = coalesce(now() + ? * interval '1 ms', 'infinity')
                WHERE account = ? AND refresh_token = ?""", unavailable.trouble().name(), unavailable.cause(), unavailable.remedy(),
                holdOff == null ? null : holdOff.toMillis(), pair.account(), pair.mark()) == 1;
    }

    /**
     * Stores the first pair of a consent, in the place of any other.
     *
     * @param account whose consent it is
     * @param address where the account answers
     * @param pair as received
     */
    void put(Account account, String address, TokenPair pair) {
        TokenSeal seal = seal(account);
        jdbc.update(PUT, account.name(), account.settings().clientId(), address, TokenClaims.of(pair.access()).accountId().orElse(null),
                seal.seal(pair.access(), place(account, "access")), seal.seal(pair.refresh(), place(account, "refresh")),
                pair.life().toSeconds());
    }

    /**
     * Seals a pair with the newest key. Under a lease, since a pair is told by its seal: whoever refreshes it would not find it again.
     *
     * @param pair as read
     * @return whether it is sealed with the newest key now; false while somebody refreshes it
     */
    boolean sealAgain(Account account, StoredPair pair) {
        TokenSeal seal = seal(account);
        if (seal.isCurrent(pair.mark(), place(account, "refresh"))) {
            return true;
        }
        Optional<UUID> lease = lease(pair);
        return lease.isPresent() && jdbc.update("""
                UPDATE oauth_tokens SET access_token = ?, refresh_token = ?, refreshing_by = NULL, refreshing_until = NULL
                WHERE account = ? AND refresh_token = ? AND refreshing_by = ?""", seal.seal(pair.access(), place(account, "access")),
                seal.seal(pair.refresh(), place(account, "refresh")), account.name(), pair.mark(), lease.get()) == 1;
    }

    /** Forgets the pair of an account. */
    void delete(Account account) {
        jdbc.update("DELETE FROM oauth_tokens WHERE account = ?", account.name());
    }

    private StoredPair read(Account account, ResultSet row) throws SQLException {
        if (!row.getString("client_id").equals(account.settings().clientId())) {
            throw OAuthTroubles.otherIntegration(account);
        }
        TokenSeal seal = seal(account);
        String mark = row.getString("refresh_token");
        return new StoredPair(account.name(), row.getString("address"),
                seal.open(row.getString("access_token"), place(account, "access")).orElseThrow(() -> OAuthTroubles.otherSecret(account)),
                seal.open(mark, place(account, "refresh")).orElseThrow(() -> OAuthTroubles.otherSecret(account)), mark,
                Duration.ofMillis(row.getLong("left_ms")), Duration.ofMillis(row.getLong("age_ms")), heldBack(row));
    }

    private static Optional<CrmUnavailable> heldBack(ResultSet row) throws SQLException {
        long wait = row.getLong("held_back_ms");
        return row.wasNull() ? Optional.empty() : Optional.of(new CrmUnavailable(Trouble.valueOf(row.getString("trouble")),
                row.getString("cause"), row.getString("remedy"), "the last refresh failed", Duration.ofMillis(wait)));
    }

    private TokenSeal seal(Account account) {
        return new TokenSeal(account.settings().clientSecret(), ownKeys);
    }

    private static String place(Account account, String which) {
        return account.name() + "/" + which;
    }
}
