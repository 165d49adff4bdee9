package dev.amorelay.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.LeaseLost;
import dev.amorelay.work.Postponement;
import dev.amorelay.work.Refused;
import dev.amorelay.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Effects owed to the outside world. A flow owes them in the commit of the fact that causes them; a worker
 * claims, performs and settles them. Settling inside a transaction makes the result and what it owes in turn
 * one commit.
 */
@Component
public class Outbox implements WorkTable<Effect> {

    private static final TypeReference<Map<String, Object>> PAYLOAD = new TypeReference<>() { };

    private final JdbcTemplate jdbc;
    private final LeaseKeeper keeper;

    /**
     * @param jdbc the relay's database
     * @param keeper told of settled effects
     */
    public Outbox(JdbcTemplate jdbc, LeaseKeeper keeper) {
        this.jdbc = jdbc;
        this.keeper = keeper;
    }

    /**
     * Owes an effect, unless its key is known already.
     *
     * @param kind what is owed, for example {@code telegram.machine-registered}
     * @param key the effect's own key, for ever unique
     * @param subject whose effect it is
     * @param payload an object with what the flow needs to know
     * @return whether it is owed now; false when it was owed before
     */
    public boolean owe(String kind, String key, String subject, JsonNode payload) {
        return owe(kind, "", key, subject, payload);
    }

    /**
     * Owes an effect that needs an amoCRM account, unless its key is known already.
     *
     * @param kind what is owed, for example {@code crm.task}
     * @param account the configured name of the account
     * @param key the effect's own key, for ever unique
     * @param subject whose effect it is
     * @param payload an object with what the flow needs to know
     * @return whether it is owed now; false when it was owed before
     */
    public boolean owe(String kind, String account, String key, String subject, JsonNode payload) {
        return jdbc.update("""
                INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload) VALUES (?, ?, ?, ?, ?::jsonb)
                ON CONFLICT (dedupe_key) DO NOTHING""", kind, account, key, subject, Json.write(payload)) == 1;
    }

    @Override
    public List<Effect> claim(String kind, String account, int batch) {
        return jdbc.query("SELECT * FROM claim_outbox(?, ?, ?, make_interval(secs => ?))", Outbox::effect,
                kind, account, batch, LEASE.toSeconds());
    }

    @Override
    public Set<Long> renew(Collection<Effect> held) {
        return new HashSet<>(jdbc.queryForList("""
                UPDATE outbox o SET locked_until = now() + make_interval(secs => ?)
                FROM unnest(?::bigint[], ?::bigint[]) AS h(id, lease)
                WHERE o.id = h.id AND o.lease = h.lease
                RETURNING o.id""", Long.class, LEASE.toSeconds(),
                held.stream().map(Effect::id).toArray(Long[]::new),
                held.stream().map(Effect::lease).toArray(Long[]::new)));
    }

    @Override
    public void done(Effect effect) {
        done(effect, null);
    }

    /**
     * Settles an effect as done.
     *
     * @param effect a claimed effect
     * @param externalId what the other side calls the result, or null
     * @throws LeaseLost when another worker has claimed it meanwhile
     */
    public void done(Effect effect, String externalId) {
        settle(effect, """
                UPDATE outbox SET status = 'done', external_id = ?, done_at = now(), lease = NULL, locked_until = NULL,
                       in_doubt = false, last_error = NULL
                WHERE id = ? AND lease = ?""", externalId);
    }

    /**
     * Settles an effect that nobody needs any more.
     *
     * @param effect a claimed effect
     * @param reason why it is not performed
     * @throws LeaseLost when another worker has claimed it meanwhile
     */
    public void skip(Effect effect, String reason) {
        settle(effect, """
                UPDATE outbox SET status = 'skipped', last_error = ?, done_at = now(), lease = NULL, locked_until = NULL
                WHERE id = ? AND lease = ?""", reason);
    }

    /**
     * Allows an effect that cannot be looked up on the other side to be performed although it is in doubt: once.
     *
     * @param effect a claimed effect
     * @throws LeaseLost when its worker was held up beyond its lease
     * @throws Refused when it was repeated before; it may have arrived, and is left to a person
     */
    public void repeatAtMostOnce(Effect effect) {
        if (effect.inDoubt() && jdbc.update("UPDATE outbox SET repeated = true WHERE id = ? AND lease = ? AND NOT repeated",
                effect.id(), effect.lease()) == 0) {
            throw new Refused("outcome unknown twice: it may have arrived");
        }
        keeper.fence();
    }

    @Override
    public void bury(Effect effect, String reason) {
        settle(effect, """
                UPDATE outbox SET status = 'dead', last_error = ?, lease = NULL, locked_until = NULL
                WHERE id = ? AND lease = ?""", reason);
    }

    @Override
    public void postpone(Effect effect, Postponement why) {
        settle(effect, """
                UPDATE outbox SET status = CASE WHEN ?::text IS NULL THEN status ELSE 'failed' END,
                       last_error = coalesce(?, last_error), next_attempt_at = now() + ? * interval '1 ms',
                       failures = failures + ?, in_doubt = in_doubt OR ?, lease = NULL, locked_until = NULL
                WHERE id = ? AND lease = ?""", why.reason(), why.reason(), why.delay().toMillis(),
                why.ownFault() ? 1 : 0, why.inDoubt());
    }

    private void settle(Effect effect, String sql, Object... values) {
        Object[] all = Arrays.copyOf(values, values.length + 2);
        all[values.length] = effect.id();
        all[values.length + 1] = effect.lease();
        if (jdbc.update(sql, all) == 0) {
            throw new LeaseLost(effect);
        }
        keeper.settled(effect);
    }

    private static Effect effect(ResultSet row, int number) throws SQLException {
        try {
            return new Effect(row.getLong("id"), row.getLong("lease"), row.getString("kind"), row.getString("account"),
                    row.getString("dedupe_key"), row.getString("subject_id"),
                    Json.MAPPER.readValue(row.getString("payload"), PAYLOAD),
                    row.getInt("attempts"), row.getInt("failures"), row.getBoolean("in_doubt"));
        } catch (JsonProcessingException e) {
            throw new SQLException("outbox " + row.getLong("id") + ": payload is not an object", e);
        }
    }
}
