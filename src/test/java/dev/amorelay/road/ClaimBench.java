package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The time to claim a batch beside a thousand stored events and beside a million.
 * Not a test: {@code bench/claim} runs it and prints its line.
 */
class ClaimBench {

    @TempDir
    private Path data;

    @Test
    void beside() throws Exception {
        int most = Integer.getInteger("bench.events", 1_000_000);
        try (ClaimCost cost = new ClaimCost(data)) {
            cost.store(1_000);
            double few = cost.median();
            cost.store(most);
            double many = cost.median();

            System.out.printf("claim: 200 events in %.2f ms beside 1,000 stored, %.2f ms beside %,d: ×%.2f%n", few, many, most, many / few);
            assertThat(many).isLessThan(2 * few);
        }
    }
}
