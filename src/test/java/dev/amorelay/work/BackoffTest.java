package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"-3,1", "0,1", "1,1", "2,2", "3,4", "8,128", "9,256", "10,300", "21,300", "64,300", "2147483647,300"})
    void doublesUpToFiveMinutes(int attempts, long seconds) {
        for (int i = 0; i < 500; i++) {
            assertThat(Backoff.after(attempts))
                    .isBetween(Duration.ofMillis(seconds * 500), Duration.ofMillis(seconds * 1500));
        }
    }

    @Test
    void whatFailedTogetherDoesNotComeBackTogether() {
        Set<Duration> pauses = IntStream.range(0, 100).mapToObj(i -> Backoff.after(8)).collect(Collectors.toSet());
        assertThat(pauses).hasSizeGreaterThan(50);
    }
}
