package dev.amorelay.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.amorelay.delivery.Effect;
import dev.amorelay.work.Later;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    private static void keep(String now, String account, String hours) {
        Effect effect = new Effect(1, 1, "telegram.x", account, "k", "s", Map.of(), 1, 0, false);
        new QuietHours(name -> name.isEmpty() ? ZoneId.of("Europe/Moscow") : ZoneId.of(name), Clock.fixed(Instant.parse(now), ZoneOffset.UTC)).keep(effect, hours);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-27T22:10:00Z,'',9-21,7h50m", "2026-11-27T19:00:00Z,'',9-21,11h", "2026-11-27T10:30:00Z,Asia/Vladivostok,9-20,12h30m",
        "2026-11-27T05:59:00Z,'',9-21,1m"})
    void whatComesAtNightWaitsForTheMorning(String now, String account, String hours, String wait) {
        Later later = catchThrowableOfType(Later.class, () -> keep(now, account, hours));
        assertThat(later.delay()).isEqualTo(Duration.parse("PT" + wait.toUpperCase(java.util.Locale.ROOT)));
        assertThat(later.countsAsAttempt()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-27T06:00:00Z,'',9-21", "2026-11-27T17:59:00Z,'',9-21", "2026-11-27T22:10:00Z,'',''", "2026-11-27T22:10:00Z,'',0-24"})
    void byDayItGoesAtOnce(String now, String account, String hours) {
        assertThatCode(() -> keep(now, account, hours)).doesNotThrowAnyException();
    }

    @Test
    void hoursThatAreNoneAreToldAsAFault() {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> keep("2026-11-27T22:10:00Z", "", "21-9"))).hasMessageContaining("9-21");
    }
}
