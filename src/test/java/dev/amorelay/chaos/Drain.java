package dev.amorelay.chaos;

import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Waits until the relay has nothing left to do. */
final class Drain {

    private final JdbcTemplate relay;

    Drain(JdbcTemplate relay) {
        this.relay = relay;
    }

    /** @return whether nothing was left in time */
    boolean await(Duration limit) {
        return Pause.until(() -> left() == 0, limit);
    }

    /** @return events and effects that wait or are being worked on */
    long left() {
        try {
            Long left = relay.queryForObject("""
                    SELECT (SELECT count(*) FROM amocrm_webhook_events WHERE processed = false AND outcome IS NULL)
                         + (SELECT count(*) FROM outbox WHERE status IN ('pending', 'failed'))""", Long.class);
            return left == null ? 0 : left;
        } catch (DataAccessException e) {
            return Long.MAX_VALUE;
        }
    }

    /** @return what waits, by kind, for a person who wants to know why */
    String what() {
        return relay.queryForList("""
                SELECT kind || ' ' || status || ': ' || count(*) || ' (' || coalesce(min(last_error), 'no error') || ')' FROM outbox
                WHERE status IN ('pending', 'failed', 'dead') GROUP BY kind, status
                UNION ALL SELECT 'events: ' || count(*) FROM amocrm_webhook_events WHERE processed = false AND outcome IS DISTINCT FROM 'unparsed'
                """, String.class).toString();
    }
}
