package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {

    private final Waiting waiting = new Waiting();

    private record Row(int attempts) implements Claimed {

        @Override
        public long id() {
            return 1;
        }

        @Override
        public long lease() {
            return 1;
        }

        @Override
        public int failures() {
            return 0;
        }

        @Override
        public int lapses() {
            return 0;
        }

        @Override
        public String label() {
            return "row";
        }
    }

    @Test
    void itWaitsUntilTheMomentAndNotLonger() {
        Instant then = Instant.now().plusSeconds(3600);
        Later later = catchThrowableOfType(Later.class, () -> waiting.until(then.getEpochSecond(), "the shop is closed"));
        assertThat(later.delay()).isBetween(Duration.ofMinutes(58), Duration.ofHours(1));
        assertThat(later).hasMessage("the shop is closed");
        assertThat(later.countsAsAttempt()).as("nothing was tried").isFalse();
        waiting.until(Instant.now().minusSeconds(1), "over");
        waiting.until(null, "no moment");
        assertThatThrownBy(() -> waiting.until("soon", "?")).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 60", "2, 600", "3, 86400"})
    void eachAttemptWaitsAsLongAsTheFlowSays(int attempts, long seconds) {
        Later later = catchThrowableOfType(Later.class, () -> waiting.again("1m, 10m, 1d", "not there yet", List.of(new Row(attempts))));
        assertThat(later.delay()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(later.isOwnDelay()).isTrue();
    }

    @Test
    void afterTheLastItGivesUpUnlessTheFlowSaysOn() {
        assertThatThrownBy(() -> waiting.again("1m, 10m", "not there yet", List.of(new Row(3)))).isInstanceOf(Refused.class)
                .hasMessage("not there yet: given up after 3 attempts");
        for (String delays : List.of("1m, 10m, …", "1m,10m...")) {
            Later later = catchThrowableOfType(Later.class, () -> waiting.again(delays, "on", List.of(new Row(99))));
            assertThat(later.delay()).isEqualTo(Duration.ofMinutes(10));
        }
        assertThatThrownBy(() -> waiting.again("soon", "?", null)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> waiting.again("", "?", null)).isInstanceOf(Refused.class);
    }
}
