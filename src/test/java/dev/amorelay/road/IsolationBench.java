package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What account B feels of account A's troubles, in rounds, so that a moment's noise of the machine is not taken for it.
 * Not a test: {@code bench/isolation} runs it and prints its lines.
 */
class IsolationBench {

    private final List<EventLoad.Times> healthy = new ArrayList<>();
    private final List<EventLoad.Times> slow = new ArrayList<>();
    private final List<EventLoad.Times> blocked = new ArrayList<>();

    @Test
    void besideATroubledAccount() throws Exception {
        try (StartedRelay relay = StartedRelay.withAccountB(System.getProperty("bench.rate-limits", "7/1s,250/1m,7000/1h"))) {
            EventLoad load = new EventLoad(relay, Integer.getInteger("bench.events", 500), 20);
            load.run();
            for (int round = 0; round < Integer.getInteger("bench.rounds", 3); round++) {
                healthy.add(load.run());
                relay.fault("a", "{\"fault\":\"slow\",\"ms\":3000}");
                slow.add(load.run());
                relay.mend();
                relay.fault("a", "{\"fault\":\"html403\"}");
                blocked.add(load.run());
                relay.mend();
                // what had to wait is worked off before the next round
                load.quiet();
            }
        }
        System.out.printf("isolation: A healthy: median %.0f ms, p99 %.0f ms%n", median(healthy), p99(healthy));
        tell("slow", slow);
        tell("blocked", blocked);
        assertThat(p99(blocked)).isLessThan(1.2 * p99(healthy));
    }

    private void tell(String how, List<EventLoad.Times> times) {
        System.out.printf("isolation: A %s: median %.0f ms, p99 %.0f ms, %+.0f %% of B's p99%n", how, median(times), p99(times),
                100 * (p99(times) / p99(healthy) - 1));
    }

    private static double median(List<EventLoad.Times> times) {
        return middle(times.stream().mapToDouble(EventLoad.Times::median).sorted().toArray());
    }

    private static double p99(List<EventLoad.Times> times) {
        return middle(times.stream().mapToDouble(EventLoad.Times::p99).sorted().toArray());
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
