package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.AccountStates;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CallBudget;
import dev.amorelay.amocrm.CrmCall;
import dev.amorelay.settings.RelaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How a 429 that does not say for how long slows an account down; what is in the database decides, for every node. */
class CallPaceIT extends RunningRelay {

    private static final String WINDOWS = "'{7,250,7000}'::int[], '{1 s,1 min,1 h}'::interval[]";
    private static final Offset<Double> NEARLY = Offset.offset(0.001);

    @Autowired
    private MeterRegistry metrics;

    private final String account = "test-" + UUID.randomUUID();

    /** A call on its way; waits for nothing. */
    private long taken() {
        return jdbc.queryForObject("INSERT INTO amocrm_calls (account, ends_at) VALUES (?, clock_timestamp() + interval '40 s') RETURNING id",
                Long.class, account);
    }

    /** A call that is answered, long enough ago to fill no window of a second. */
    private long answered() {
        return jdbc.queryForObject("INSERT INTO amocrm_calls (account, ends_at) VALUES (?, clock_timestamp() - interval '5 s') RETURNING id",
                Long.class, account);
    }

    private boolean refused(long call) {
        return jdbc.queryForObject("SELECT slow_amocrm_down(?, ?, " + WINDOWS + ")", Boolean.class, account, call);
    }

    private double pace() {
        return jdbc.queryForObject("SELECT amocrm_pace(?)", Double.class, account);
    }

    private Long take(double share) {
        return jdbc.queryForObject("SELECT call_id FROM take_amocrm_call(?, " + WINDOWS + ", ?)", Long.class, account, share);
    }

    private long waitOf(double share) {
        return jdbc.queryForObject("SELECT wait_ms FROM take_amocrm_call(?, " + WINDOWS + ", ?)", Long.class, account, share);
    }

    private long slowed() {
        return jdbc.queryForObject("SELECT count(*) FROM amocrm_paces WHERE account = ?", Long.class, account);
    }

    private void lastCallWas(String ago) {
        jdbc.update("UPDATE amocrm_paces SET last_at = clock_timestamp() - ?::interval WHERE account = ?", ago, account);
    }

    @Test
    void anAccountThatIsServedHasNoPaceToKeep() {
        for (int i = 0; i < 7; i++) {
            assertThat(take(1)).isNotNull();
        }
        assertThat(slowed()).isZero();
        assertThat(pace()).isEqualTo(1);
    }

    @Test
    void aBurstHalvesThePaceOnce() {
        long[] burst = {taken(), taken(), taken(), taken()};
        assertThat(refused(burst[1])).as("it begins").isTrue();
        for (long call : burst) {
            assertThat(refused(call)).isFalse();
        }
        assertThat(pace()).isEqualTo(0.5, NEARLY);

        assertThat(refused(taken())).as("it goes on").isFalse();
        assertThat(pace()).isEqualTo(0.25, NEARLY);
    }

    @Test
    void itGrowsWhileCallsAreServedAndOnlyThen() {
        refused(taken());
        taken();
        taken();
        assertThat(pace()).as("calls on their way tell nothing yet").isEqualTo(0.5, NEARLY);
        double before = pace();
        for (int i = 0; i < 7; i++) {
            answered();
            assertThat(pace()).isGreaterThan(before);
            before = pace();
        }
        assertThat(before).isEqualTo(Math.sqrt(0.95), NEARLY);
        answered();
        assertThat(pace()).isEqualTo(1);
    }

    @Test
    void whereEverythingIsRefusedOneCallInFiveSecondsFindsOutWhenItIsOver() {
        refuseAll();
        assertThat(7 * pace()).as("calls a second").isEqualTo(0.2, NEARLY);
        lastCallWas("-1 h");
        assertThat(waitOf(1)).isEqualTo(5_000);
        lastCallWas("6 s");
        long probe = take(1);
        assertThat(take(1)).as("one at a time").isNull();

        jdbc.update("UPDATE amocrm_calls SET ends_at = clock_timestamp() WHERE id = ?", probe);
        assertThat(7 * pace()).as("at most twice as fast after each").isEqualTo(0.4, NEARLY);
        for (int i = 0; i < 10; i++) {
            answered();
        }
        assertThat(pace()).isEqualTo(1);
    }

    @Test
    void callsComeOneByOneAndLiveWorkFirst() {
        refused(taken());
        lastCallWas("-1 h");
        assertThat(waitOf(1)).as("3.5 a second").isEqualTo(286);
        assertThat(waitOf(0.5)).as("half the pace is for what can wait").isEqualTo(572);

        refuseAll();
        lastCallWas("7 s");
        assertThat(take(0.5)).as("one in ten seconds").isNull();
        assertThat(take(1)).as("one in five").isNotNull();
        assertThat(take(1)).as("the other node has just called").isNull();
    }

    /** Down to the slowest pace; the windows are empty. */
    private void refuseAll() {
        for (int i = 0; i < 40; i++) {
            refused(taken());
        }
        jdbc.update("DELETE FROM amocrm_calls WHERE account = ?", account);
    }

    @Test
    void aMinuteAfterTheLast429ItIsOver() {
        refused(taken());
        for (int i = 0; i < 8; i++) {
            answered();
        }
        assertThat(take(1)).as("full pace").isNotNull();
        assertThat(slowed()).isEqualTo(1);
        assertThat(refused(taken())).as("no news within the minute").isFalse();
        assertThat(pace()).isEqualTo(0.5, NEARLY);

        for (int i = 0; i < 8; i++) {
            answered();
        }
        jdbc.update("UPDATE amocrm_paces SET slowed_at = clock_timestamp() - interval '61 s' WHERE account = ?", account);
        assertThat(take(1)).isNotNull();
        assertThat(slowed()).isZero();
    }

    @Test
    void aClockThatWasSetBackHoldsUpNobody() {
        refused(taken());
        jdbc.update("UPDATE amocrm_paces SET last_at = now() + interval '1 h', slowed_at = now() + interval '1 h' WHERE account = ?", account);
        assertThat(waitOf(1)).isLessThan(1_000);
        lastCallWas("1 s");
        assertThat(take(1)).isNotNull();
        assertThat(jdbc.queryForObject("SELECT slowed_at <= clock_timestamp() FROM amocrm_paces WHERE account = ?", Boolean.class, account))
                .isTrue();
    }

    @Test
    void aPauseStillHoldsBackEveryCall() {
        jdbc.update("INSERT INTO amocrm_accounts (name, paused_until) VALUES (?, now() + interval '30 s')", account);
        refused(taken());
        assertThat(waitOf(1)).isBetween(25_000L, 30_000L);
    }

    /** Half the calls refused: 2.7 of 7 a second are tried on average, as the migration works out. */
    @Test
    void whereEachCallHasTheSameChanceThePaceSettlesWhereItShould() {
        Random dice = new Random(7);
        double seconds = 0;
        int calls = 300;
        for (int i = 0; i < calls; i++) {
            seconds += 1 / (7 * pace());
            long call = answered();
            if (dice.nextBoolean()) {
                refused(call);
            }
        }
        assertThat(calls / seconds).as("calls a second").isBetween(1.0, 3.5);
    }

    /** As amoCRM sees it: by when the calls were taken, not by when the threads went on. */
    @Test
    void twoNodesShareThePace() {
        RelaySettings settings = new Binder(new MapConfigurationPropertySource(Map.of("relay.amocrm.rate-limits", "7/1s",
                "relay.accounts." + account + ".rate-limits", "7/1s,250/1m",
                "relay.accounts." + account + ".sources[0]", account))).bind("relay", RelaySettings.class).get();
        Accounts accounts = new Accounts(settings);
        CallBudget one = new CallBudget(jdbc, accounts, new AccountStates(jdbc));
        CallBudget two = new CallBudget(jdbc, accounts, new AccountStates(jdbc));
        CrmCall call = CrmCall.get(account, "/api/v4/leads", null);
        long before = two.take(call);
        one.slowDown(account, one.take(call));
        two.slowDown(account, before);
        assertThat(pace()).as("one burst, whichever node saw it").isEqualTo(0.5, NEARLY);

        for (CallBudget node : List.of(one, two, one, two)) {
            node.take(call);
        }
        List<Double> distances = jdbc.queryForList("""
                SELECT extract(epoch FROM ends_at - lag(ends_at) OVER (ORDER BY id))::float8 FROM amocrm_calls
                WHERE account = ? ORDER BY id OFFSET 2""", Double.class, account);
        assertThat(distances).hasSize(4).allSatisfy(seconds -> assertThat(seconds).isGreaterThanOrEqualTo(1 / 3.5 - 0.001));
    }

    @Test
    void thePaceIsAMetric() {
        assertThat(metrics.get("amocrm.pace").tag("account", "default").gauge().value()).isBetween(0.0, 1.0);
    }
}
