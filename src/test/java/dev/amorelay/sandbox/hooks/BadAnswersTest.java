package dev.amorelay.sandbox.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BadAnswersTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final BadAnswers bad = new BadAnswers(100);

    @Test
    void theHundredAndFirstWithinTwoHoursIsTooMany() {
        assertThat(IntStream.range(0, 100).anyMatch(i -> bad.isTooMany("https://a.example.com", NOON.plusSeconds(i)))).isFalse();
        assertThat(bad.isTooMany("https://b.example.com", NOON.plusSeconds(100))).as("another address").isFalse();
        assertThat(bad.isTooMany("https://a.example.com", NOON.plusSeconds(7100))).isTrue();
        assertThat(bad.isTooMany("https://a.example.com", NOON.plusSeconds(7101))).as("counted anew").isFalse();
    }

    @Test
    void thoseOfLongAgoDoNotCount() {
        IntStream.range(0, 100).forEach(i -> bad.isTooMany("https://a.example.com", NOON));
        assertThat(bad.isTooMany("https://a.example.com", NOON.plusSeconds(7201))).isFalse();
    }
}
