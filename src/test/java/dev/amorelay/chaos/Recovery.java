package dev.amorelay.chaos;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells from the inbox when work went on after a fault. All processes share one machine, and so one clock. */
final class Recovery {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JdbcTemplate relay;

    Recovery(JdbcTemplate relay) {
        this.relay = relay;
    }

    /** @return events that somebody works on now, with the number of their attempt */
    Map<Long, Integer> held() {
        Map<Long, Integer> held = new TreeMap<>();
        relay.query("SELECT id, attempts FROM amocrm_webhook_events WHERE processed = false AND outcome IS NULL AND lease IS NOT NULL",
                row -> {
                    held.put(row.getLong(1), row.getInt(2));
                });
        return held;
    }

    /** Waits for the first event that was worked on to the end after this moment, and gives its time. */
    Optional<Instant> firstAfter(Instant moment) {
        // what waited for longest is worked on first, and after many kills that is old
        return await("SELECT min(processed_at) FROM amocrm_webhook_events WHERE ts > ?::timestamptz - interval '1 hour' AND processed_at > ?",
                Timestamp.from(moment), Timestamp.from(moment));
    }

    /**
     * Waits for the first event that a dead worker held, and that another one has worked on to the end.
     *
     * @param held as {@link #held} told at the moment of the death; those that were settled or given back by a living worker do not count
     */
    Optional<Instant> firstTakenOver(Map<Long, Integer> held) {
        Long[] ids = held.keySet().toArray(Long[]::new);
        Integer[] attempts = held.values().toArray(Integer[]::new);
        // claimed although it still bore a lease: its worker had died
        return await("""
                SELECT min(processed_at) FROM amocrm_webhook_events e JOIN unnest(?::bigint[], ?::int[]) AS held(id, attempts)
                ON e.id = held.id WHERE e.in_doubt AND e.attempts > held.attempts AND e.processed""", ids, attempts);
    }

    /** @return whether any of them still waits for its dead worker's lease to end */
    boolean isAbandoned(Map<Long, Integer> held) {
        return Boolean.TRUE.equals(relay.queryForObject("""
                SELECT EXISTS (SELECT FROM amocrm_webhook_events e JOIN unnest(?::bigint[], ?::int[]) AS held(id, attempts)
                ON e.id = held.id WHERE e.lease IS NOT NULL AND e.attempts = held.attempts)""", Boolean.class,
                held.keySet().toArray(Long[]::new), held.values().toArray(Integer[]::new)));
    }

    private Optional<Instant> await(String sql, Object... values) {
        Instant[] found = new Instant[1];
        Pause.until(() -> {
            try {
                Timestamp first = relay.queryForObject(sql, Timestamp.class, values);
                found[0] = first == null ? null : first.toInstant();
            } catch (DataAccessException e) {
                // the database itself may be what is being killed
                found[0] = null;
            }
            return found[0] != null;
        }, LIMIT);
        return Optional.ofNullable(found[0]);
    }
}
