package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceDateTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"2027-03-01\"", "\"01.03.2027\"", "\"1.3.2027\"", "1803848400", "\"1803848400\"", "1803848400000",
        "\"2027-03-01T10:00:00\"", "\"2027-03-01 10:00:00\"", "\"2027-02-28T21:00:00Z\"", "\"2027-03-01T00:00:00+03:00\"", "\"01.03.27\"", "\"01-03-2027\"", "\"2027/03/01\"", "\"2027.03.01\"",
        "\"1 марта 2027\"", "\"1 Марта 2027 г.\"", "\"01.03.2027 10:00\"", "\"01.03.2027г.\""})
    void readsADay(String json) {
        assertThat(MaintenanceDate.of(Json.read(json), ZoneId.of("Europe/Moscow"))).contains(LocalDate.of(2027, 3, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"скоро\"", "\"31.02.2027\"", "5", "-1803848400", "\"0001-01-01\"", "\"9999-12-31\"",
        "99999999999999999999", "\"03/01/2027\"", "{}", "[2027]", "1e2147483647", "\"1 мартобря 2027\"", "\"01.03-2027\"", "\"12.2027\"", "\"01.03.27 10:00\"", "\"1.\""})
    void refusesTheRest(String json) {
        assertThat(MaintenanceDate.of(Json.read(json), ZoneId.of("Europe/Moscow"))).isEmpty();
        assertThat(MaintenanceDate.isOne(Json.read(json))).isFalse();
    }

    @Test
    void aMomentIsADayOfTheAccountAndMidnightTheDayAsWritten() {
        ZoneId kaliningrad = ZoneId.of("Europe/Kaliningrad");
        assertThat(MaintenanceDate.of(Json.read("1803848400"), kaliningrad)).contains(LocalDate.of(2027, 2, 28));
        assertThat(MaintenanceDate.of(Json.read("\"2027-03-01T00:30:00+03:00\""), kaliningrad)).contains(LocalDate.of(2027, 2, 28));
        assertThat(MaintenanceDate.of(Json.read("\"2027-03-01T00:00:00+03:00\""), kaliningrad)).contains(LocalDate.of(2027, 3, 1));
        assertThat(MaintenanceDate.of(Json.read("\"2027-03-01T00:00:00.000Z\""), ZoneId.of("America/Los_Angeles"))).contains(LocalDate.of(2027, 3, 1));
    }
}
