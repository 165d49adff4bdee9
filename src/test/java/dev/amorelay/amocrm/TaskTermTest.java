package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTermTest {

    /** Friday, 27 November 2026, 20:30 in Vladivostok. */
    private static final Instant NOW = Instant.parse("2026-11-27T10:30:00Z");
    private static final ZoneId ZONE = ZoneId.of("Asia/Vladivostok");

    @ParameterizedTest
    @CsvSource({"1 day,2026-11-28T10:30:00Z", "3 days,2026-11-30T10:30:00Z", "4 hours,2026-11-27T14:30:00Z", "90 minutes,2026-11-27T12:00:00Z",
        "2 weeks,2026-12-11T10:30:00Z", "today at 23:00,2026-11-27T13:00:00Z", "today at 9:00,2026-11-27T23:00:00Z", "tomorrow at 10:00,2026-11-28T00:00:00Z",
        "next working day at 10:00,2026-11-30T00:00:00Z", "2 working days at 10:00,2026-12-01T00:00:00Z", "1 working day,2026-11-30T10:30:00Z",
        "3 days at 18:00,2026-11-30T08:00:00Z", "next working day 10:00,2026-11-30T00:00:00Z",
        "in 2 hours,2026-11-27T12:30:00Z", "Monday at 9:30,2026-11-29T23:30:00Z", "friday 23:00,2026-12-04T13:00:00Z"})
    void daysAndHoursAreTheAccounts(String text, String till) {
        assertThat(TaskTerm.of(text).orElseThrow().from(NOW, ZONE)).isEqualTo(till);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "3", "days", "-1 day", "today", "tomorrow", "monday", "4 hours at 10:00", "today at 25:00", "today at 10:61", "1000 days", "3 дня"})
    void nothingElseIsATerm(String text) {
        assertThat(TaskTerm.of(text)).isEmpty();
    }
}
