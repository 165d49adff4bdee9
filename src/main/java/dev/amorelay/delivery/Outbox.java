package dev.amorelay.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import dev.amorelay.work.Claimed;
import dev.amorelay.work.DeadLetters;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.LeaseLost;
import dev.amorelay.work.Postponement;
import dev.amorelay.work.Refused;
import dev.amorelay.work.UnfitRows;
import dev.amorelay.work.WorkQueue;
import dev.amorelay.work.WorkTable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.ExchangeProperty;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Effects owed to the outside world. A flow owes them in the commit of the fact that causes them; a worker
 * claims, performs and settles them. Settling inside a transaction makes the result and what it owes in turn
 * one commit.
 */
@Component
public class Outbox implements WorkTable<Effect> {

    /**
     * Of several rows those whose lease is still ours, locked in one order by everybody: settling never meets renewing
     * crosswise. Without a join: see {@link WorkTable#renew}.
     */
    private static final String OURS = """
            WITH ours AS (
                SELECT id, (?::text[])[array_position(?::bigint[], id)] AS result FROM outbox
                WHERE id = ANY (?::bigint[]) AND lease = ANY (?::bigint[])
                ORDER BY id FOR UPDATE
            )
            """;

    /** Effects on amoCRM, all kinds of them. */
    private static final String CRM = "crm.";

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
        return owe(kind, account, key, subject, payload, null);
    }

    /**
     * Owes an effect for later, unless its key is known already.
     *
     * @param notBefore when it is performed at the earliest; null = at once
     * @return whether it is owed now; false when it was owed before
     */
    public boolean owe(String kind, String account, String key, String subject, JsonNode payload, Instant notBefore) {
        return jdbc.update("""
                INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload, next_attempt_at)
                VALUES (?, ?, ?, ?, ?::jsonb, coalesce(?, now()))
                ON CONFLICT (dedupe_key) DO NOTHING""", kind, account, key, subject, StoredJson.write(payload),
                notBefore == null ? null : Timestamp.from(notBefore)) == 1;
    }

    @Override
    public Set<WorkQueue> due(Set<WorkQueue> queues) {
        return Set.copyOf(jdbc.query("""
                SELECT kind, account FROM unnest(?::text[], ?::text[]) AS queue(kind, account)
                WHERE EXISTS (SELECT FROM outbox o WHERE o.kind = queue.kind AND o.account = queue.account
                              AND status IN ('pending', 'failed') AND next_attempt_at <= now()
                              AND (locked_until IS NULL OR locked_until < now()))""",
                (row, number) -> new WorkQueue(row.getString("kind"), row.getString("account")),
                queues.stream().map(WorkQueue::kind).toArray(String[]::new), queues.stream().map(WorkQueue::account).toArray(String[]::new)));
    }

    @Override
    public List<Effect> claim(String kind, String account, int batch) {
        return UnfitRows.setAside(this, jdbc.query(
                "SELECT * FROM claim_outbox(?, ?, ?, make_interval(secs => ?), make_interval(secs => ?))", EffectMapper::claimed,
                kind, account, batch, LEASE.toSeconds(), kind.startsWith(CRM) ? restAfterCut().minus(LEASE).toSeconds() : 0));
    }

    @Override
    public Set<Long> renew(Collection<Effect> held) {
        return new HashSet<>(ofOurs(held, null, """
                UPDATE outbox o SET locked_until = now() + make_interval(secs => ?) FROM ours WHERE o.id = ours.id
                RETURNING o.id""", LEASE.toSeconds()));
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
     * Settles effects as done, in one statement. An effect that another worker has claimed meanwhile is left to that one,
     * which will look what has become of it.
     *
     * @param effects claimed effects
     * @param externalId what the other side calls the result of each; may give null
     * @return those that were ours to settle
     */
    public List<Effect> done(Collection<Effect> effects, Function<Effect, String> externalId) {
        String[] results = effects.stream().map(externalId).toArray(String[]::new);
        return ours(effects, ofOurs(effects, results, """
                UPDATE outbox o SET status = 'done', external_id = result, done_at = now(), lease = NULL, locked_until = NULL,
                       in_doubt = false, last_error = NULL
                FROM ours WHERE o.id = ours.id
                RETURNING o.id"""));
    }

    /**
     * Hands effects over to the route of another kind, which goes on with them at once.
     *
     * @param effects claimed effects
     * @param kind what they are from now on
     */
    public void handOver(Collection<Effect> effects, String kind) {
        ours(effects, ofOurs(effects, null, """
                UPDATE outbox o SET kind = ?, attempts = 0, lease = NULL, locked_until = NULL FROM ours WHERE o.id = ours.id
                RETURNING o.id""", kind));
    }

    /** Keeps what the flow needs to know of effects, in place of what it knew: an attempt that comes later finds it. */
    public void keep(Map<Effect, Map<String, Object>> payloads) {
        if (!payloads.isEmpty()) {
            ofOurs(payloads.keySet(), payloads.values().stream().map(payload -> StoredJson.write(Json.MAPPER.valueToTree(payload))).toArray(String[]::new), """
                    UPDATE outbox o SET payload = result::jsonb FROM ours WHERE o.id = ours.id
                    RETURNING o.id""");
        }
    }

    /**
     * Whether an effect is still to be performed by who has claimed it.
     *
     * @param effect a claimed effect
     * @return false once it is settled, given back or lost: from then on it may be another worker's
     */
    public boolean isOurs(Effect effect) {
        return keeper.holds(effect);
    }

    private List<Effect> ours(Collection<Effect> effects, Collection<Long> settled) {
        Set<Long> ids = new HashSet<>(settled);
        effects.stream().filter(effect -> !ids.contains(effect.id())).forEach(keeper::lost);
        List<Effect> ours = effects.stream().filter(effect -> ids.contains(effect.id())).toList();
        ours.forEach(keeper::settled);
        return ours;
    }

    /** Ids of the effects that a statement has changed; it may use {@code ours}, with the result that belongs to each. */
    private List<Long> ofOurs(Collection<Effect> effects, String[] results, String sql, Object... values) {
        Long[] ids = effects.stream().map(Effect::id).toArray(Long[]::new);
        Long[] leases = effects.stream().map(Effect::lease).toArray(Long[]::new);
        return jdbc.queryForList(OURS + sql, Long.class,
                Stream.concat(Stream.of(results, ids, ids, leases), Stream.of(values)).toArray());
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

    /**
     * The same for all that a flow works on; nothing, where it works on no effects.
     *
     * @param claimed the claimed rows; null for none
     * @throws LeaseLost when their worker was held up beyond its lease
     * @throws Refused when one of them was repeated before
     */
    public void oneRepeat(@ExchangeProperty(FailurePolicy.CLAIMED) Collection<? extends Claimed> claimed) {
        if (claimed != null) {
            claimed.stream().filter(Effect.class::isInstance).map(Effect.class::cast).forEach(this::repeatAtMostOnce);
        }
    }

    @Override
    public void bury(Effect effect, String reason) {
        settle(effect, """
                UPDATE outbox SET status = 'dead', dead_since = now(), last_error = ?, lease = NULL, locked_until = NULL
                WHERE id = ? AND lease = ?""", reason);
        DeadLetters.tell(effect, effect.kind(), reason);
    }

    /** Without a reason nothing was tried: it was another worker's turn, or this one stops. That makes no later wait longer. */
    @Override
    public void postpone(Effect effect, Postponement why) {
        settle(effect, """
                UPDATE outbox SET status = CASE WHEN ?::text IS NULL THEN status ELSE 'failed' END,
                       last_error = coalesce(?, last_error), next_attempt_at = now() + ? * interval '1 ms',
                       failures = failures + ?, in_doubt = in_doubt OR ?, attempts = attempts - ?, lease = NULL, locked_until = NULL
                WHERE id = ? AND lease = ?""", why.reason(), why.reason(), why.delay().toMillis(),
                why.ownFault() ? 1 : 0, why.inDoubt(), why.reason() == null && !why.inDoubt() ? 1 : 0);
    }

    @Override
    public void postponeAll(Map<Effect, Duration> delays, String reason, boolean tried, boolean inDoubt) {
        String[] millis = delays.values().stream().map(delay -> String.valueOf(delay.toMillis())).toArray(String[]::new);
        ours(delays.keySet(), ofOurs(delays.keySet(), millis, """
                UPDATE outbox o SET status = 'failed', last_error = ?, next_attempt_at = now() + result::bigint * interval '1 ms',
                       in_doubt = o.in_doubt OR ?, attempts = o.attempts - ?, lease = NULL, locked_until = NULL
                FROM ours WHERE o.id = ours.id
                RETURNING o.id""", reason, inDoubt, tried ? 0 : 1));
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
}
