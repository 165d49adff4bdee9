package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.database.RealTables;
import dev.amorelay.delivery.StartupWork;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountZonesIT extends RealTables {

    private static final ZoneId VLADIVOSTOK = ZoneId.of("Asia/Vladivostok");

    private final FakeGate gate = new FakeGate();
    private AccountZones zones;

    @BeforeEach
    void anAccountWhoseNumberIsConfigured() {
        jdbc.execute("TRUNCATE amocrm_accounts");
        Accounts accounts = mock(Accounts.class);
        when(accounts.all()).thenReturn(List.of(new Account("default", null)));
        KnownAccounts numbers = mock(KnownAccounts.class);
        when(numbers.numberOf(any())).thenReturn(31000001L);
        zones = new AccountZones(accounts, numbers, gate, jdbc, null, new StartupWork(jdbc));
    }

    private void tells(String zone) {
        gate.answers("{\"id\":31000001,\"_embedded\":{\"datetime_settings\":{\"timezone\":\"" + zone + "\"}}}");
    }

    @Test
    void untilItIsToldItIsMoscows() {
        assertThat(zones.of("default")).isEqualTo(AccountZones.USUAL);
        jdbc.update("INSERT INTO amocrm_accounts (name) VALUES ('default')");
        assertThat(zones.of("default")).isEqualTo(AccountZones.USUAL);
    }

    @Test
    void anAccountIsAskedUntilItHasTold() {
        gate.answers(call -> {
            throw new CrmUnavailable("default", Trouble.DOWN, "GET /api/v4/account", null);
        });
        zones.learn();
        assertThat(zones.of("default")).isEqualTo(AccountZones.USUAL);
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
    void aNumberThatAnotherNameBearsIsLeftThere() {
        jdbc.update("INSERT INTO amocrm_accounts (name, account_id) VALUES ('old', 31000001)");
        tells("Asia/Vladivostok");
        zones.refresh();
        assertThat(zones.of("default")).isEqualTo(VLADIVOSTOK);
        assertThat(jdbc.queryForObject("SELECT account_id FROM amocrm_accounts WHERE name = 'default'", Long.class)).isNull();
    }
}
