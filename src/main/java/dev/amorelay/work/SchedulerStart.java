package dev.amorelay.work;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.CamelJob;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Starts the clocks, once the flows that they start are there. A clock that fell due while no node ran takes that turn now: once,
 * however many turns it missed and however many nodes start; also when its time was changed meanwhile. A clock whose flow is gone
 * is taken off, and the log tells.
 */
@Component
class SchedulerStart {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerStart.class);

    private final Scheduler scheduler;
    private final CamelContext camel;
    private final JdbcTemplate jdbc;
    /** Clocks that were overdue before the routes set them anew, and since when. */
    private final Map<TriggerKey, Date> overdue = new HashMap<>();

    SchedulerStart(Scheduler scheduler, CamelContext camel, JdbcTemplate jdbc) {
        this.scheduler = scheduler;
        this.camel = camel;
        this.jdbc = jdbc;
    }

    /** Before Camel starts, which it does at the same event, and forgets the turn of a clock whose time was changed. */
    @EventListener(ContextRefreshedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void note() {
        if (camel.isStarted()) {
            return;
        }
        try {
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyGroup())) {
                Trigger clock = scheduler.getTrigger(key);
                if (clock != null && isOverdue(clock)) {
                    overdue.put(key, clock.getNextFireTime());
                }
            }
        } catch (SchedulerException e) {
            LOG.warn("the clocks cannot be read: a turn that was missed may be left out ({})", e.getMessage());
        }
    }

    /**
     * Once the routes run.
     *
     * @throws SchedulerException when the clocks cannot be started
     */
    @EventListener(ApplicationReadyEvent.class)
    void begin() throws SchedulerException {
        try {
            Set<TriggerKey> known = known();
            takeOff(known);
            for (TriggerKey key : known) {
                if (overdue.containsKey(key)) {
                    makeUp(key, overdue.get(key));
                }
            }
        } catch (SchedulerException | DataAccessException e) {
            LOG.warn("the clocks cannot be set right: a turn that was missed may be left out ({})", e.getMessage());
        }
        scheduler.start();
    }

    private Set<TriggerKey> known() {
        return camel.getEndpoints().stream().filter(QuartzEndpoint.class::isInstance)
                .map(endpoint -> ((QuartzEndpoint) endpoint).getTriggerKey()).collect(Collectors.toSet());
    }

    /** A clustered scheduler keeps the clocks of flows that were renamed or removed: they would start nothing, for ever. */
    private void takeOff(Set<TriggerKey> known) throws SchedulerException {
        for (JobKey job : new HashSet<>(scheduler.getJobKeys(GroupMatcher.anyGroup()))) {
            TriggerKey clock = new TriggerKey(job.getName(), job.getGroup());
            if (!known.contains(clock) && CamelJob.class.isAssignableFrom(scheduler.getJobDetail(job).getJobClass())) {
                scheduler.deleteJob(job);
                LOG.warn("the clock {} starts no flow any more, it is taken off{}", clock,
                        overdue.containsKey(clock) ? "; its turn of " + time(overdue.get(clock)) + " is left out" : "");
            }
        }
    }

    /**
     * What is still overdue fires by itself. A clock that was set anew and has not fired since gets its turn back: by a word to
     * the table, since Quartz works the next turn out anew with whatever it is given, and Camel knows a clock by its key alone.
     */
    private void makeUp(TriggerKey key, Date due) throws SchedulerException {
        jdbc.update("""
                UPDATE qrtz_triggers SET next_fire_time = ?
                WHERE sched_name = ? AND trigger_name = ? AND trigger_group = ? AND trigger_state = 'WAITING'
                  AND coalesce(prev_fire_time, 0) <= 0 AND next_fire_time > ?""",
                due.getTime(), scheduler.getSchedulerName(), key.getName(), key.getGroup(), System.currentTimeMillis());
        Trigger clock = scheduler.getTrigger(key);
        if (clock != null && isOverdue(clock)) {
            LOG.info("the clock {} fell due at {}, while no node ran: it takes that turn now", key, time(due));
        }
    }

    private static boolean isOverdue(Trigger clock) {
        return clock.getNextFireTime() != null && clock.getNextFireTime().before(new Date());
    }

    private static Instant time(Date date) {
        return date.toInstant();
    }
}
