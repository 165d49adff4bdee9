package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFieldTest {

    @ParameterizedTest
    @CsvSource({
        // the facts' own: 1634590800 is midnight of 19 October in Moscow, 1615845600 of 16 March two hours east of Greenwich
        "1634590800, Europe/Moscow, 2021-10-19",
        "1615845600, Europe/Kaliningrad, 2021-03-16",
        "1634590800, Asia/Vladivostok, 2021-10-19",
        "1634590800, Europe/Kaliningrad, 2021-10-18",
        "2024-10-24T00:00:00+03:00, Europe/Moscow, 2024-10-24"})
    void aDayIsToldByTheAccountsClock(String value, String zone, LocalDate day) {
        assertThat(DateField.day(value, ZoneId.of(zone))).contains(day);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "завтра", "123456789012", "-1"})
    void whatIsNoDateIsNone(String value) {
        assertThat(DateField.day(value, ZoneId.of("Europe/Moscow"))).isEmpty();
    }

    @Test
    void midnightIsTheDaysFirstMoment() {
        assertThat(DateField.midnight(LocalDate.parse("2021-10-19"), ZoneId.of("Europe/Moscow")).getEpochSecond()).isEqualTo(1634590800);
        // Cairo's clocks skip that midnight
        ZoneId cairo = ZoneId.of("Africa/Cairo");
        LocalDate spring = LocalDate.parse("2024-04-26");
        assertThat(DateField.day(String.valueOf(DateField.midnight(spring, cairo).getEpochSecond()), cairo)).contains(spring);
    }
}
