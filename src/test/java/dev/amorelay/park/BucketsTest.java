package dev.amorelay.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private final Clock clock = mock(Clock.class);
    private final Buckets<Long> buckets = new Buckets<>(60, clock);
    private Instant now = Instant.parse("2026-11-20T09:00:00Z");

    @BeforeEach
    void clock() {
        when(clock.instant()).thenAnswer(call -> now);
    }

    private void empty(long key) {
        for (int i = 0; i < 60; i++) {
            assertThat(buckets.take(key)).isEmpty();
        }
    }

    @Test
    void allAtOnceThenOneByOne() {
        empty(1);
        assertThat(buckets.take(1L)).contains(Duration.ofSeconds(1));
        now = now.plusMillis(400);
        assertThat(buckets.take(1L)).contains(Duration.ofMillis(600));
        now = now.plusMillis(600);
        assertThat(buckets.take(1L)).isEmpty();
        assertThat(buckets.take(1L)).isPresent();
    }

    @Test
    void nobodyPaysForAnother() {
        empty(1);
        assertThat(buckets.take(2L)).isEmpty();
    }

    @Test
    void fullAgainAfterAMinuteAndNeverFuller() {
        empty(1);
        now = now.plus(Duration.ofHours(5));
        empty(1);
        assertThat(buckets.take(1L)).isPresent();
    }

    @Test
    void aClockThatIsSetBackTakesNothingAway() {
        buckets.take(1L);
        now = now.minusSeconds(3600);
        assertThat(buckets.take(1L)).isEmpty();
    }

    @Test
    void strangersCostNoMemory() {
        empty(1);
        for (long key = 2; key < 2 + Buckets.MOST_KEYS; key++) {
            assertThat(buckets.take(key)).isEmpty();
        }
        // forgotten, and therefore full
        assertThat(buckets.take(1L)).isEmpty();
    }
}
