package dev.amorelay.road;

import dev.amorelay.delivery.StartupWork;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * What a relay of a test does by itself: the work of its start at once, which a test waits for, and no clock comes to its time
 * while it lives. Else a look at the webhooks, owed by the start or at seven minutes past the hour, sets back what a test has
 * just brought about.
 */
final class StillClocks {

    private static final String NEVER = "0 0 0 1 1 ? 2099";

    /** Settings of such a relay. */
    static final Map<String, String> SETTINGS = Map.of("relay.reconciliation.first-beat", "100ms", "relay.reconciliation.watch-cron", NEVER,
            "relay.housekeeping.cron", NEVER, "relay.maintenance.cron", NEVER, "relay.oauth.cron", NEVER);

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private StillClocks() {
    }

    /** Waits until a start is over. */
    static void await(StartupWork start) {
        Awaitility.await("the start is over").atMost(LIMIT).pollInterval(Duration.ofMillis(50)).pollDelay(Duration.ZERO)
                .until(() -> start.left().isEmpty());
    }
}
