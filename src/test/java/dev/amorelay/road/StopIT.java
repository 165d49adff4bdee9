package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A relay that is stopped leaves nothing of itself behind in the process that it ran in, and complains of nothing on its way. */
@ExtendWith(OutputCaptureExtension.class)
class StopIT {

    private static final String LIMITS = "1000/1s,60000/1m";

    /** The JDK's and the test's own; the JDK ends the threads of an HttpClient once nobody holds it. */
    private static final List<String> OTHERS = List.of("HttpClient-", "ForkJoinPool.commonPool", "process reaper", "Attach Listener",
            "awaitility", "Common-Cleaner", "Cleaner-", "Keep-Alive-Timer");

    private static final List<String> COMPLAINTS = List.of("has been closed", "MBean", "Could not destroy");

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive)
                .filter(thread -> OTHERS.stream().noneMatch(thread.getName()::startsWith)).collect(Collectors.toSet());
    }

    private static void nothingIsLeft(Set<Thread> before, CapturedOutput log) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(threads().stream()
                .filter(thread -> !before.contains(thread)).map(Thread::getName).sorted()).isEmpty());
        // relays that other tests in this process keep have the name: that is told, and no complaint
        assertThat(log.getOut().lines().filter(line -> !line.contains("due to clash with an existing name")))
                .noneMatch(line -> COMPLAINTS.stream().anyMatch(line::contains));
    }

    @Test
    void aStopLeavesNoThreadBehind(CapturedOutput log) throws IOException {
        Set<Thread> before = threads();
        StartedRelay relay = StartedRelay.first(LIMITS);
        relay.ingest("site", "Последний", "+79991234567");
        assertThat(threads()).hasSizeGreaterThan(before.size());

        relay.close();

        nothingIsLeft(before, log);
    }

    /** What Quartz and JMX keep for the whole process goes by the names of relays, which are all the same. */
    @Test
    void aStopTakesNothingFromAnotherRelayInTheProcess(CapturedOutput log) throws Exception {
        Set<ObjectName> before = beans();
        try (StartedRelay stays = StartedRelay.first(LIMITS)) {
            Scheduler clock = stays.bean(Scheduler.class);
            List<String> jobs = jobs(clock);
            assertThat(jobs).isNotEmpty();
            Set<ObjectName> its = beans();

            StartedRelay.first(LIMITS).close();

            assertThat(jobs(clock)).isEqualTo(jobs);
            assertThat(beans()).isEqualTo(its);
        }
        assertThat(beans()).isEqualTo(before);
        assertThat(log.getOut()).doesNotContain("has been closed");
    }

    private static List<String> jobs(Scheduler clock) throws SchedulerException {
        return clock.getJobKeys(GroupMatcher.anyGroup()).stream().map(JobKey::toString).sorted().toList();
    }

    private static Set<ObjectName> beans() throws MalformedObjectNameException {
        Set<ObjectName> beans = new HashSet<>();
        for (String domain : List.of("org.apache.camel", "com.zaxxer.hikari", "Tomcat", "org.springframework.boot")) {
            beans.addAll(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName(domain + ":type=*,*"), null));
        }
        return beans;
    }

    /** By then Quartz, the doors and the database run. */
    @Test
    void norDoesAStartThatFailsWithItsRoutes(CapturedOutput log) {
        Set<Thread> before = threads();

        assertThatThrownBy(() -> StartedRelay.first(LIMITS, Map.of("relay.maintenance.cron", "0 0 0 1 1 ? 2001")))
                .hasStackTraceContaining("will never fire");

        nothingIsLeft(before, log);
    }

    @Test
    void norDoesAStartThatFindsItsPortTaken(CapturedOutput log) throws IOException {
        Set<Thread> before = threads();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> StartedRelay.first(LIMITS, Map.of("server.port", String.valueOf(taken.getLocalPort()))))
                    .hasStackTraceContaining("already in use");
        }
        nothingIsLeft(before, log);
    }
}
