package dev.amorelay.sandbox.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.amorelay.sandbox.limits.Limits.Arrival;
import dev.amorelay.sandbox.limits.Limits.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    /** Near its overflow, where a clock of nanoseconds may stand as well. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    private final Limits limits = new Limits(Window.parse("3/1s,5/10s"), Duration.ofMinutes(10), clock::get);

    @Test
    void readsWindows() {
        assertThat(Window.parse("7/1s, 250/1m,7000/h")).containsExactly(new Window(7, Duration.ofSeconds(1)),
                new Window(250, Duration.ofMinutes(1)), new Window(7000, Duration.ofHours(1)));
        assertThat(Window.parse("none")).isEmpty();
        assertThat(Window.parse("")).isEmpty();
        assertThat(Window.parse(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7/1d", "0/1s", "7/1s,", "7/0s", "-1/1s"})
    void refusesOtherTexts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Window.parse(text));
    }

    @Test
    void slidesExactly() {
        assertThat(arriveAfter(0)).isEqualTo(Fate.PASS);
        assertThat(arriveAfter(900)).isEqualTo(Fate.PASS);
        assertThat(arriveAfter(50)).isEqualTo(Fate.PASS);
        assertThat(arriveAfter(49)).isEqualTo(Fate.TOO_MANY);
        assertThat(arriveAfter(1)).isEqualTo(Fate.PASS);
        assertThat(arriveAfter(1)).isEqualTo(Fate.TOO_MANY);
        assertThat(limits.count().windows()).extracting(Limits.Fill::fullest).containsExactly(4, 5);
        assertThat(limits.count().windows()).extracting(Limits.Fill::tooEarly)
                .containsExactly(Duration.ofMillis(899), Duration.ZERO);
        assertThat(limits.count().passed()).isEqualTo(4);
        assertThat(limits.count().refused()).isEqualTo(2);
    }

    @Test
    void tellsWhenThereIsRoomAgain() {
        for (int i = 0; i < 5; i++) {
            arriveAfter(1000);
        }
        Arrival refused = limits.arrive();
        assertThat(refused).isEqualTo(new Arrival(Fate.TOO_MANY, 6));
        assertThat(arriveAfter(5999)).isEqualTo(Fate.TOO_MANY);
        assertThat(arriveAfter(1)).isEqualTo(Fate.PASS);
    }

    @Test
    void neverLetsMoreInThanAnyStretchHolds() {
        Random dice = new Random(7);
        List<Long> passed = new ArrayList<>();
        long elapsed = 0;
        for (int i = 0; i < 3000; i++) {
            long step = dice.nextInt(200);
            elapsed += step;
            if (arriveAfter(step) == Fate.PASS) {
                passed.add(elapsed);
            }
            if (limits.count().refused() == 9) {
                limits.reset();
                passed.clear();
            }
        }
        assertThat(passed).isNotEmpty();
        for (int i = 0; i < passed.size(); i++) {
            long end = passed.get(i);
            assertThat(passed.stream().filter(at -> at <= end && at > end - 1000)).hasSizeLessThanOrEqualTo(3);
            assertThat(passed.stream().filter(at -> at <= end && at > end - 10_000)).hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void blocksAfterTenRefusals() {
        for (int i = 0; i < 3; i++) {
            arriveAfter(0);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(arriveAfter(1)).isEqualTo(Fate.TOO_MANY);
        }
        assertThat(arriveAfter(60_000)).isEqualTo(Fate.BLOCKED);
        assertThat(limits.count().blockedFor()).isEqualTo(Duration.ofMinutes(9));
        assertThat(arriveAfter(539_999)).isEqualTo(Fate.BLOCKED);
        assertThat(arriveAfter(1)).isEqualTo(Fate.PASS);
        assertThat(limits.count().blocked()).isEqualTo(2);
    }

    @Test
    void forgivesRefusalsThatLieFarBack() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 11; i++) {
                arriveAfter(0);
            }
            assertThat(arriveAfter(600_001)).isEqualTo(Fate.PASS);
        }
        assertThat(limits.count().refused()).isEqualTo(8 + 4 * 9);
        assertThat(limits.count().blocked()).isZero();
    }

    @Test
    void beginsFromNothing() {
        for (int i = 0; i < 20; i++) {
            arriveAfter(0);
        }
        assertThat(arriveAfter(0)).isEqualTo(Fate.BLOCKED);
        limits.reset();

        assertThat(limits.count().windows()).allMatch(fill -> fill.used() == 0 && fill.fullest() == 0);
        assertThat(arriveAfter(0)).isEqualTo(Fate.PASS);
        limits.set(List.of());
        for (int i = 0; i < 100; i++) {
            assertThat(arriveAfter(0)).isEqualTo(Fate.PASS);
        }
    }

    private Fate arriveAfter(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
        return limits.arrive().fate();
    }
}
