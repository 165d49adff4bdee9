package dev.amorelay.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.ZoneLearned;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.AccountSettings.Fields;
import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account tells its zone late, or another one: the dates that are stored stay days. */
class ZoneChangeIT extends Machines {

    private static final LocalDate DAY = LocalDate.of(2027, 3, 1);
    private static final ZoneId BEFORE = ZoneId.of("Europe/Samara");

    private final Accounts accounts = mock(Accounts.class);

    @BeforeEach
    void anAccountWithAField() {
        when(accounts.named("default")).thenReturn(new Account("default", new AccountSettings(null, null, null, null, null, null, null,
                null, null, null, null, new Fields(1L, 2L, 3L, 4L, 5L, 6L, null), null, null, null, null, null)));
    }

    private static void machine(String serial, Long account, String deal, LocalDate day, ZoneId zone) {
        jdbc.update("""
                INSERT INTO machine_instances (serial_number, account_id, amocrm_deal_id, next_maintenance_date)
                VALUES (?, ?, ?, ?::date::timestamp AT TIME ZONE ?)""", serial, account, deal, Date.valueOf(day), zone.getId());
    }

    private static LocalDate day(String serial, String zone) {
        return jdbc.queryForObject("SELECT (next_maintenance_date AT TIME ZONE ?)::date FROM machine_instances WHERE serial_number = ?",
                LocalDate.class, zone, serial);
    }

    private void learn(String zone) {
        new ZoneChange(jdbc, accounts).learned(new ZoneLearned("default", 7, BEFORE, ZoneId.of(zone)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Kaliningrad", "Asia/Kamchatka", "America/New_York", "Etc/GMT-3", "Asia/Calcutta"})
    void aDateThatWasSetHereStaysTheDayThatItWas(String zone) {
        machine("SN-1", 7L, "55", DAY, BEFORE);
        machine("SN-2", 8L, "55", DAY, BEFORE);
        machine("SN-3", null, null, DAY, BEFORE);
        learn(zone);
        assertThat(day("SN-1", zone)).isEqualTo(DAY);
        assertThat(day("SN-3", zone)).as("of no account: the default one's").isEqualTo(DAY);
        assertThat(day("SN-2", BEFORE.getId())).as("another account's").isEqualTo(DAY);
    }

    @Test
    void aFieldIsReadAnewByTheRightClock() {
        ZoneId zone = ZoneId.of("Asia/Vladivostok");
        // midnight in Vladivostok is still the day before in Samara
        long value = DAY.atStartOfDay(zone).toEpochSecond();
        for (String deal : new String[] {"55", "56"}) {
            jdbc.update("INSERT INTO amocrm_deals (account_id, amocrm_deal_id, custom_fields) VALUES (7, ?, ?::jsonb)", deal,
                    "[{\"field_id\":5,\"values\":[{\"value\":" + value + "}]}]");
            jdbc.update("INSERT INTO deal_maintenance_dates (account_id, amocrm_deal_id, crm_day) VALUES (7, ?, ?)", deal, Date.valueOf(DAY.minusDays(1)));
        }
        machine("SN-1", 7L, "55", DAY.minusDays(1), BEFORE);
        machine("SERVED", 7L, "55", DAY.plusDays(90), BEFORE);
        learn(zone.getId());
        assertThat(day("SN-1", zone.getId())).isEqualTo(DAY);
        assertThat(day("SERVED", zone.getId())).isEqualTo(DAY.plusDays(90));
        assertThat(jdbc.queryForList("SELECT DISTINCT crm_day FROM deal_maintenance_dates", LocalDate.class)).containsExactly(DAY);
    }
}
