package dev.amorelay.replay;

import java.time.OffsetDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Detail {@code deadLetters} of the management port's health: how much is dead, since when, and what of it an older version buried
 * because of a refusal that may have been the set-up's fault. It stays UP: an on-call who restarts the relay would change nothing.
 */
@Component("deadLettersHealthIndicator")
class DeadLetterHealth extends AbstractHealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHealth.class);

    /** What replays all of that in one go. */
    static final String REPLAY = "POST /api/admin/replay {\"what\":\"effects\",\"cause\":\"crm-refused\",\"dryRun\":false}";

    private final JdbcTemplate jdbc;
    private final Queue queue;

    DeadLetterHealth(JdbcTemplate jdbc, Queue queue) {
        super("dead letters cannot be counted");
        this.queue = queue;
        this.jdbc = jdbc;
    }

    /** Says after a start, and so after an upgrade, what can be replayed. */
    @EventListener(ApplicationReadyEvent.class)
    void tellOfTheBuried() {
        try {
            long buried = queue.refusedBeforeUpgrade();
            if (buried > 0) {
                LOG.warn("{} effects were set aside by an older version because amoCRM refused them, perhaps for a fault of the settings;"
                        + " once GET /api/admin/crm-setup names no problems, {} lets each go once more", buried, REPLAY);
            }
        } catch (DataAccessException e) {
            LOG.debug("the dead cannot be counted now", e);
        }
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        jdbc.query("""
                SELECT (SELECT count(*) FROM outbox WHERE status = 'dead') AS effects,
                       (SELECT count(*) FROM amocrm_webhook_events WHERE outcome = 'dead') AS events,
                       least((SELECT min(coalesce(dead_since, created_at)) FROM outbox WHERE status = 'dead'),
                             (SELECT min(coalesce(dead_since, ts)) FROM amocrm_webhook_events WHERE outcome = 'dead')) AS since""", row -> {
            OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
            builder.withDetail("effects", row.getLong("effects")).withDetail("events", row.getLong("events"))
                    .withDetail("since", since == null ? "" : since.toInstant().toString());
        });
        long buried = queue.refusedBeforeUpgrade();
        if (buried > 0) {
            builder.withDetail("refusedBeforeUpgrade", buried).withDetail("replay", REPLAY);
        }
    }
}
