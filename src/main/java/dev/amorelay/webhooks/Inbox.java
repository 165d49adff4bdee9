package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.AccountLearned;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import dev.amorelay.json.UnreadableJson;
import dev.amorelay.work.ClaimedRow;
import dev.amorelay.work.DeadLetters;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.LeaseLost;
import dev.amorelay.work.Postponement;
import dev.amorelay.work.UnfitRows;
import dev.amorelay.work.WorkQueue;
import dev.amorelay.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Every webhook event that reached us: stored before amoCRM is answered, worked on later. */
@Component
public class Inbox implements WorkTable<Event> {

    private final JdbcTemplate jdbc;
    private final JdbcTemplate door;
    private final LeaseKeeper keeper;

    /**
     * @param jdbc the relay's database
     * @param door the same for those who wait at a door: it answers in time or fails
     * @param keeper told of settled events
     */
    public Inbox(JdbcTemplate jdbc, @Qualifier("doorJdbc") JdbcTemplate door, LeaseKeeper keeper) {
        this.jdbc = jdbc;
        this.door = door;
        this.keeper = keeper;
    }

    /**
     * Stores events that name their cause, so that the same hash is the same event for ever: what is known already is passed
     * over. In the order of their hashes, so that two commits with the same events wait for each other and not in a circle.
     *
     * @param arrivals what the relay itself has found out
     * @return how many were new
     */
    public int store(Collection<Arrival> arrivals) {
        return jdbc.update("""
                INSERT INTO amocrm_webhook_events
                       (event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id, account, outcome)
                SELECT type, entity, id, hash, payload::jsonb, number, account,
                       CASE WHEN type = 'unparsed' THEN 'unparsed' WHEN account = '' THEN 'unknown-account' END
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                     AS e(type, entity, id, hash, payload, number, account)
                ORDER BY hash
                ON CONFLICT ((md5(event_hash)::uuid)) DO NOTHING""", columns(arrivals));
    }

    /**
     * Stores what hooks tell, in one commit; for those who wait at a door: in time or not at all. Only what is certainly a
     * repeat is passed over (see {@code store_webhook_events} in the migrations); in doubt an event is new.
     *
     * @param hooks what has arrived, by body, in the order of arrival
     * @return how many were new
     */
    public int storeInTime(List<List<Arrival>> hooks) {
        return storeInTime(hooks, door);
    }

    int storeInTime(List<List<Arrival>> hooks, JdbcTemplate database) {
        List<Arrival> arrivals = hooks.stream().flatMap(Collection::stream).toList();
        List<Object> columns = new ArrayList<>(List.of(columns(arrivals)));
        columns.add(arrivals.stream().map(arrival -> ChangeTime.isTold(arrival.event())).toArray(Boolean[]::new));
        columns.add(IntStream.range(0, hooks.size()).boxed()
                .flatMap(hook -> Collections.nCopies(hooks.get(hook).size(), hook).stream()).toArray(Integer[]::new));
        return database.queryForObject("""
                SELECT store_webhook_events(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
                                            ?::boolean[], ?::int[])""", Integer.class, columns.toArray());
    }

    private static Object[] columns(Collection<Arrival> arrivals) {
        return new Object[] {
            column(arrivals, arrival -> arrival.event().eventType()), column(arrivals, arrival -> arrival.event().entityType()),
            column(arrivals, arrival -> arrival.event().entityId()), column(arrivals, arrival -> arrival.event().hash()),
            column(arrivals, arrival -> StoredJson.write(arrival.event().payload())),
            arrivals.stream().map(arrival -> arrival.event().accountId()).toArray(Long[]::new), column(arrivals, Arrival::account)};
    }

    /**
     * Takes in the events that came before their account had told its number.
     *
     * @param learned the account
     */
    @EventListener
    public void adopt(AccountLearned learned) {
        jdbc.update("""
                UPDATE amocrm_webhook_events SET account = ?, outcome = NULL
                WHERE account_id = ? AND account = '' AND outcome = 'unknown-account'""", learned.name(), learned.number());
    }

    private static String[] column(Collection<Arrival> arrivals, Function<Arrival, String> value) {
        return arrivals.stream().map(value).toArray(String[]::new);
    }

    @Override
    public Set<WorkQueue> due(Set<WorkQueue> queues) {
        Set<String> accounts = Set.copyOf(jdbc.queryForList("""
                SELECT account FROM unnest(?::text[]) AS queue(account)
                WHERE EXISTS (SELECT FROM amocrm_webhook_events e WHERE e.account = queue.account
                              AND processed = false AND outcome IS NULL AND next_attempt_at <= now()
                              AND (locked_until IS NULL OR locked_until < now()))""", String.class,
                (Object) queues.stream().map(WorkQueue::account).toArray(String[]::new)));
        return queues.stream().filter(queue -> accounts.contains(queue.account())).collect(Collectors.toSet());
    }

    @Override
    public List<Event> claim(String kind, String account, int batch) {
        return UnfitRows.setAside(this, jdbc.query("SELECT * FROM claim_webhook_events(?, ?, make_interval(secs => ?))", Inbox::event,
                account, batch, LEASE.toSeconds()));
    }

    /** No join here: see {@link dev.amorelay.work.WorkTable#renew}. */
    @Override
    public Set<Long> renew(Collection<Event> held) {
        return new HashSet<>(jdbc.queryForList("""
                UPDATE amocrm_webhook_events e SET locked_until = now() + make_interval(secs => ?)
                WHERE e.id = ANY (?::bigint[]) AND e.lease = ANY (?::bigint[])
                RETURNING e.id""", Long.class, LEASE.toSeconds(), ids(held), leases(held)));
    }

    @Override
    public void done(Event event) {
        done(List.of(event));
    }

    /**
     * Settles events as done.
     *
     * @param events claimed events
     * @throws LeaseLost when another worker has claimed one of them meanwhile
     */
    public void done(Collection<Event> events) {
        settle(events, "done");
    }

    /**
     * Settles events of which storing is all that is wanted.
     *
     * @param events claimed events
     * @throws LeaseLost when another worker has claimed one of them meanwhile
     */
    public void stored(Collection<Event> events) {
        settle(events, "stored");
    }

    private void settle(Collection<Event> events, String outcome) {
        Set<Long> settled = new HashSet<>(jdbc.queryForList("""
                UPDATE amocrm_webhook_events e
                SET processed = true, outcome = ?, processed_at = now(), last_error = NULL,
                    lease = NULL, locked_until = NULL
                WHERE e.id = ANY (?::bigint[]) AND e.lease = ANY (?::bigint[])
                RETURNING e.id""", Long.class, outcome, ids(events), leases(events)));
        for (Event event : events) {
            if (!settled.contains(event.id())) {
                throw new LeaseLost(event);
            }
            keeper.settled(event);
        }
    }

    @Override
    public void bury(Event event, String reason) {
        one(event, """
                UPDATE amocrm_webhook_events SET outcome = 'dead', dead_since = now(), last_error = ?, lease = NULL, locked_until = NULL
                WHERE id = ? AND lease = ?""", reason, event.id(), event.lease());
        DeadLetters.tell(event, "inbox", reason);
    }

    @Override
    public void postpone(Event event, Postponement why) {
        one(event, """
                UPDATE amocrm_webhook_events
                SET last_error = coalesce(?, last_error), next_attempt_at = now() + ? * interval '1 ms',
                    failures = failures + ?, in_doubt = in_doubt OR ?, lease = NULL, locked_until = NULL
                WHERE id = ? AND lease = ?""", why.reason(), why.delay().toMillis(), why.ownFault() ? 1 : 0,
                why.inDoubt(), event.id(), event.lease());
    }

    /** Working on an event only reads; what it owes is committed with its end. */
    @Override
    public Duration restAfterCut() {
        return Duration.ZERO;
    }

    @Override
    public void postponeAll(Map<Event, Duration> delays, String reason, boolean tried, boolean inDoubt) {
        Set<Long> ours = new HashSet<>(jdbc.queryForList("""
                UPDATE amocrm_webhook_events e
                SET last_error = ?, next_attempt_at = now() + (?::bigint[])[array_position(?::bigint[], e.id)] * interval '1 ms',
                    in_doubt = in_doubt OR ?, attempts = attempts - ?, lease = NULL, locked_until = NULL
                WHERE e.id = ANY (?::bigint[]) AND e.lease = ANY (?::bigint[])
                RETURNING e.id""", Long.class, reason, delays.values().stream().map(Duration::toMillis).toArray(Long[]::new),
                ids(delays.keySet()), inDoubt, tried ? 0 : 1, ids(delays.keySet()), leases(delays.keySet())));
        for (Event event : delays.keySet()) {
            if (ours.contains(event.id())) {
                keeper.settled(event);
            } else {
                keeper.lost(event);
            }
        }
    }

    private void one(Event event, String sql, Object... values) {
        if (jdbc.update(sql, values) == 0) {
            throw new LeaseLost(event);
        }
        keeper.settled(event);
    }

    private static Long[] ids(Collection<Event> events) {
        return events.stream().map(Event::id).toArray(Long[]::new);
    }

    private static Long[] leases(Collection<Event> events) {
        return events.stream().map(Event::lease).toArray(Long[]::new);
    }

    private static ClaimedRow<Event> event(ResultSet row, int number) throws SQLException {
        try {
            return ClaimedRow.of(event(row, Json.read(row.getString("payload"))));
        } catch (UnreadableJson e) {
            return new ClaimedRow<>(event(row, Json.object()), "its payload cannot be read: " + e.getMessage());
        }
    }

    private static Event event(ResultSet row, JsonNode payload) throws SQLException {
        return new Event(row.getLong("id"), row.getLong("lease"), row.getString("event_type"),
                row.getString("entity_type"), row.getString("amocrm_entity_id"), row.getString("account"),
                row.getLong("account_id"), payload, row.getInt("attempts"), row.getInt("failures"), row.getInt("lapses"));
    }
}
