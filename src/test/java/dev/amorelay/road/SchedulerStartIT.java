package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Clocks that fell due while the relay was down take their turn when it is up: each once, and none before its flow is there. */
@ExtendWith(OutputCaptureExtension.class)
class SchedulerStartIT {

    private static final String LIMITS = "7/1s";

    private static int turns(StartedRelay relay, String route) {
        return relay.bean(MeterRegistry.class).find("camel.exchanges.total").tag("routeId", route).counters().stream()
                .mapToInt(counter -> (int) counter.count()).sum();
    }

    private static void due(StartedRelay relay, String clock, Duration ago) {
        assertThat(relay.jdbc().update("UPDATE qrtz_triggers SET next_fire_time = ? WHERE trigger_group || '/' || trigger_name = ?",
                System.currentTimeMillis() - ago.toMillis(), clock)).isEqualTo(1);
    }

    /** One that is looking for its next turns just now would still take what becomes due. */
    private static void standBy(Scheduler scheduler) throws SchedulerException {
        scheduler.standby();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Thread.getAllStackTraces().values().stream()
                .noneMatch(stack -> Stream.of(stack).anyMatch(frame -> frame.getMethodName().equals("acquireNextTriggers"))));
    }

    private static void taken(StartedRelay relay, String route) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> turns(relay, route) > 0);
    }

    @Test
    void eachClockThatFellDueTakesItsTurnOnce(CapturedOutput output) throws IOException, SchedulerException {
        // a clock remembers the context's name by JMX, which differs from start to start where other relays of the process have it, too
        StartedRelay relay = StartedRelay.first(LIMITS, Map.of("camel.main.name", "clocks"));
        try {
            standBy(relay.bean(Scheduler.class));
            due(relay, "housekeeping/nightly", Duration.ofHours(2));
            due(relay, "reconciliation/hooks", Duration.ofSeconds(5));
            due(relay, "maintenance/daily", Duration.ofHours(1));
            relay.jdbc().update("""
                    INSERT INTO qrtz_job_details SELECT sched_name, 'gone', 'flow', description, job_class_name, is_durable, is_nonconcurrent,
                           is_update_data, requests_recovery, job_data FROM qrtz_job_details WHERE job_name = 'nightly'""");
            relay.jdbc().update("""
                    INSERT INTO qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time, trigger_state,
                           trigger_type, start_time)
                    SELECT sched_name, 'gone', 'flow', 'gone', 'flow', next_fire_time, trigger_state, trigger_type, start_time
                    FROM qrtz_triggers WHERE trigger_name = 'nightly'""");
            relay.jdbc().update("""
                    INSERT INTO qrtz_cron_triggers SELECT sched_name, 'gone', 'flow', cron_expression, time_zone_id
                    FROM qrtz_cron_triggers WHERE trigger_name = 'nightly'""");
            relay.close();
            int before = output.length();

            // its time was changed while it was down, and everybody's time zone
            relay.change("relay.time-zone", "Asia/Omsk");
            relay = relay.again("relay.maintenance.cron", "0 30 9 1 1 ? 2090");
            taken(relay, "housekeeping.forget.nightly");
            taken(relay, "reconciliation.hooks.hourly");
            taken(relay, "maintenance.remind.daily");
            assertThat(turns(relay, "housekeeping.forget.nightly")).isEqualTo(1);
            assertThat(turns(relay, "reconciliation.hooks.hourly")).isEqualTo(1);
            assertThat(turns(relay, "maintenance.remind.daily")).isEqualTo(1);
            assertThat(relay.jdbc().queryForList("SELECT cron_expression FROM qrtz_cron_triggers WHERE trigger_name = 'daily'", String.class))
                    .as("the new time").containsExactly("0 30 9 1 1 ? 2090");
            assertThat(relay.jdbc().queryForList("SELECT job_name FROM qrtz_job_details", String.class)).doesNotContain("gone");
            assertThat(relay.jdbc().queryForList(
                    "SELECT DISTINCT time_zone_id FROM qrtz_cron_triggers WHERE trigger_name IN ('daily', 'nightly')", String.class))
                    .as("also where the cron is as before").containsExactly("Asia/Omsk");
            String told = output.toString().substring(before);
            assertThat(told).containsPattern("flow.gone starts no flow any more.*is left out").contains("the clock maintenance.daily fell due");
            assertThat(told).as("nothing fires before its flow is there").doesNotContain("ERROR").doesNotContain("JobExecutionException");
        } finally {
            relay.close();
        }
    }
}
