package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time to claim does not grow with what is stored; {@code bench/claim} shows it with a million. */
class ClaimCostIT {

    @TempDir
    private Path data;

    @Test
    void claimingCostsTheSameBesideAHundredThousandStoredEvents() throws Exception {
        try (ClaimCost cost = new ClaimCost(data)) {
            cost.store(1_000);
            double few = cost.median();
            cost.store(100_000);
            double many = cost.median();

            System.out.printf("claim: %.1f ms beside 1,000 events, %.1f ms beside 100,000%n", few, many);
            // without an index it would be fifty times
            assertThat(many).isLessThan(3 * few + 5);
        }
    }
}
