package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.database.RealTables;
import dev.amorelay.delivery.StartupWork;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class AccountZonesIT extends RealTables {

    private static final ZoneId VLADIVOSTOK = ZoneId.of("Asia/Vladivostok");

    private static final ZoneId USUAL = ZoneId.of("Europe/Samara");

    private final List<Object> learned = new ArrayList<>();
    private final FakeGate gate = new FakeGate();
    private AccountZones zones;

    @BeforeEach
    void anAccountWhoseNumberIsConfigured() {
        jdbc.execute("TRUNCATE amocrm_accounts");
        Accounts accounts = mock(Accounts.class);
        when(accounts.all()).thenReturn(List.of(new Account("default", null)));
        KnownAccounts numbers = mock(KnownAccounts.class);
        when(numbers.numberOf(any())).thenReturn(31000001L);
        zones = new AccountZones(accounts, numbers, gate, jdbc, null, new StartupWork(jdbc), learned::add,
                TransactionOperations.withoutTransaction(), USUAL);
    }

    private void tells(String zone) {
        gate.answers("{\"id\":31000001,\"_embedded\":{\"datetime_settings\":{\"timezone\":\"" + zone + "\"}}}");
    }

    @Test
    void untilItIsToldItIsTheSettings() {
        assertThat(zones.of("default")).isEqualTo(USUAL);
        jdbc.update("INSERT INTO amocrm_accounts (name) VALUES ('default')");
        assertThat(zones.of("default")).isEqualTo(USUAL);
    }

    @Test
    void anAccountIsAskedUntilItHasTold() {
        gate.answers(call -> {
            throw new CrmUnavailable("default", Trouble.DOWN, "GET /api/v4/account", null);
        });
        zones.learn();
        assertThat(zones.of("default")).isEqualTo(USUAL);
        tells("Asia/Vladivostok");
        zones.learn();
        zones.learn();
        assertThat(zones.of("default")).isEqualTo(VLADIVOSTOK);
        assertThat(gate.calls()).hasSize(2).last().isEqualTo(CrmCall.get("default", "/api/v4/account", "with=datetime_settings"));
        assertThat(jdbc.queryForObject("SELECT account_id FROM amocrm_accounts WHERE name = 'default'", Long.class)).isEqualTo(31000001);
    }

    @Test
    void aChangeIsTakenOverAndNonsenseIsNot() {
        tells("Asia/Vladivostok");
        zones.refresh();
        for (String nonsense : List.of("", "Mars/Olympus", "UTC+3:7", "+03:00")) {
            tells(nonsense);
            zones.refresh();
            assertThat(zones.of("default")).as(nonsense).isEqualTo(VLADIVOSTOK);
        }
        tells("Europe/Kaliningrad");
        zones.refresh();
        assertThat(zones.of("default")).isEqualTo(ZoneId.of("Europe/Kaliningrad"));
    }

    @Test
    void aZoneThatIsNotKnownHereGoesByItsDistance() {
        for (String[] told : new String[][] {{"Europe/Nowhere", "+03:00", "Etc/GMT-3"}, {"America/Nowhere", "-05:00", "Etc/GMT+5"},
            {"Asia/Calcutta", "+05:30", "Asia/Calcutta"}, {"Etc/GMT-3", "", "Etc/GMT-3"}, {"Nowhere", "+00:00", "UTC"}}) {
            gate.answers("{\"id\":31000001,\"_embedded\":{\"datetime_settings\":{\"timezone\":\"" + told[0]
                    + "\",\"timezone_offset\":\"" + told[1] + "\"}}}");
            zones.refresh();
            assertThat(zones.of("default")).isEqualTo(ZoneId.of(told[2]));
            assertThat(jdbc.queryForObject("SELECT account_zone(31000001, 'UTC')", String.class)).isEqualTo(told[2]);
        }
    }

    @Test
    void whatIsStoredAndNoZoneHoldsNobodyUp() {
        jdbc.update("INSERT INTO amocrm_accounts (name, time_zone) VALUES ('default', 'Mars/Olympus')");
        assertThat(zones.of("default")).isEqualTo(USUAL);
    }

    @Test
    void anotherZoneIsToldOnce() {
        tells("Asia/Vladivostok");
        zones.refresh();
        zones.refresh();
        assertThat(learned).containsExactly(new ZoneLearned("default", 31000001, USUAL, VLADIVOSTOK));
    }

    @Test
    void aNumberThatAnotherNameBearsIsLeftThere() {
        jdbc.update("INSERT INTO amocrm_accounts (name, account_id) VALUES ('old', 31000001)");
        tells("Asia/Vladivostok");
        zones.refresh();
        assertThat(zones.of("default")).isEqualTo(VLADIVOSTOK);
        assertThat(jdbc.queryForObject("SELECT account_id FROM amocrm_accounts WHERE name = 'default'", Long.class)).isNull();
    }
}
