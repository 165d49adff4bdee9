package dev.amorelay.work;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks whether the database's clock was set back, and mends what then lies in the future (see {@code heed_clock} in V8). */
@Component
class ClockWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final JdbcTemplate jdbc;

    ClockWatch(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Every few seconds, on every node; the nodes take turns. */
    @Scheduled(fixedDelay = 5_000)
    void look() {
        try {
            Long back = jdbc.queryForObject("SELECT extract(epoch FROM heed_clock(make_interval(secs => ?)))::bigint", Long.class,
                    WorkTable.LEASE.toSeconds());
            if (back != null) {
                LOG.warn("the database's clock was set back by {} s: leases, waits and windows were moved with it", back);
            }
        } catch (DataAccessException e) {
            LOG.debug("the database's clock cannot be looked at now", e);
        }
    }
}
