package dev.amorelay.work;

import java.util.Map;
import java.util.TimeZone;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.RouteStartedEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A clock that exists already, and whose flow now names another time zone, goes by that zone. Clocks outlive their flows in the
 * scheduler's tables, and Camel sets one anew where its cron is another, but not for its zone: told after each start of a route, also of
 * an edited one.
 */
@Component
class ClockChanges extends SimpleEventNotifierSupport {

    private static final Logger LOG = LoggerFactory.getLogger(ClockChanges.class);

    private final Scheduler scheduler;

    ClockChanges(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof RouteStartedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof RouteStartedEvent started && started.getRoute().getEndpoint() instanceof QuartzEndpoint clock) {
            follow(clock);
        }
    }

    private void follow(QuartzEndpoint clock) {
        try {
            TimeZone wanted = zone(clock.getTriggerParameters());
            if (scheduler.getTrigger(clock.getTriggerKey()) instanceof CronTrigger set && !set.getTimeZone().hasSameRules(wanted)) {
                scheduler.rescheduleJob(set.getKey(), set.getTriggerBuilder().withSchedule(schedule(set).inTimeZone(wanted)).build());
                LOG.info("the clock {} goes by {} from now on, no more by {}", set.getKey(), wanted.getID(), set.getTimeZone().getID());
            }
        } catch (SchedulerException e) {
            LOG.warn("the clock {} may go by the time zone of before: {}", clock.getTriggerKey(), e.getMessage());
        }
    }

    /** As Camel makes one: without a zone of its own a clock goes by the machine's. */
    private static TimeZone zone(Map<String, Object> parameters) {
        Object named = parameters == null ? null : parameters.get("timeZone");
        return named == null ? TimeZone.getDefault() : TimeZone.getTimeZone(named.toString());
    }

    private static CronScheduleBuilder schedule(CronTrigger set) {
        CronScheduleBuilder schedule = CronScheduleBuilder.cronSchedule(set.getCronExpression());
        return switch (set.getMisfireInstruction()) {
            case CronTrigger.MISFIRE_INSTRUCTION_DO_NOTHING -> schedule.withMisfireHandlingInstructionDoNothing();
            case CronTrigger.MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY -> schedule.withMisfireHandlingInstructionIgnoreMisfires();
            default -> schedule.withMisfireHandlingInstructionFireAndProceed();
        };
    }
}
