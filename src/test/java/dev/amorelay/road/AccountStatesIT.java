package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.AccountStates;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How it goes with an account, as two nodes see it: what is in the database decides. */
@ExtendWith(OutputCaptureExtension.class)
class AccountStatesIT extends RunningRelay {

    private final String account = "test-" + UUID.randomUUID();
    private AccountStates one;
    private AccountStates two;

    @BeforeEach
    void nodes() {
        one = new AccountStates(jdbc);
        two = new AccountStates(jdbc);
    }

    private long call() {
        return jdbc.queryForObject("INSERT INTO amocrm_calls (account, ends_at) VALUES (?, clock_timestamp()) RETURNING id", Long.class, account);
    }

    private String state() {
        return jdbc.queryForObject("SELECT state FROM amocrm_accounts WHERE name = ?", String.class, account);
    }

    private void slowDown(long call) {
        jdbc.queryForObject("SELECT slow_amocrm_down(?, ?, '{1000}', '{1 s}')", Boolean.class, account, call);
    }

    private void pauseEnded(String ago) {
        jdbc.update("UPDATE amocrm_accounts SET paused_until = now() - ?::interval WHERE name = ?", ago, account);
    }

    private static CrmUnavailable tooFast(Duration retryAfter) {
        return new CrmUnavailable(Trouble.TOO_FAST, "GET /api/v4/leads → 429", retryAfter);
    }

    @Test
    void whatOneNodeNotedTheOtherEnds() {
        two.served(account, call());
        one.troubled(account, new CrmUnavailable(Trouble.DOWN, "GET /api/v4/leads → 502", null));
        assertThat(state()).isEqualTo("down");

        two.served(account, call());

        assertThat(state()).isEqualTo("ok");
    }

    @Test
    void aCallThatWasOnItsWayBeforeEndsNothing() {
        long before = call();
        one.troubled(account, new CrmUnavailable(Trouble.BLOCKED, "GET /api/v4/leads → 403", null));

        two.served(account, before);
        assertThat(state()).isEqualTo("blocked");
        pauseEnded("1 s");
        assertThat(two.pausedBy(account)).isEmpty();

        one.served(account, call());
        assertThat(state()).isEqualTo("ok");
    }

    @Test
    void aCallThatIsRefusedForItsPaceStopsNobody() {
        one.troubled(account, tooFast(null));
        assertThat(state()).isEqualTo("slowed");
        assertThat(two.pausedBy(account)).isEmpty();

        one.troubled(account, tooFast(Duration.ofSeconds(30)));
        assertThat(two.pausedBy(account)).as("retry_after is obeyed").isPresent();
    }

    @Test
    void anAccountStaysSlowedUntilItsPaceIsFullAgain() {
        slowDown(call());
        one.troubled(account, tooFast(null));
        two.served(account, call());
        assertThat(state()).isEqualTo("slowed");

        jdbc.update("DELETE FROM amocrm_paces WHERE account = ?", account);
        two.served(account, call());
        assertThat(state()).isEqualTo("ok");
    }

    @Test
    void anotherTroubleEndsThoughCallsGoSlower() {
        slowDown(call());
        one.troubled(account, new CrmUnavailable(Trouble.DOWN, "GET /api/v4/leads → 502", null));
        assertThat(state()).isEqualTo("down");
        two.served(account, jdbc.queryForObject("SELECT nextval('amocrm_calls_id_seq')", Long.class));
        assertThat(state()).isEqualTo("ok");
    }

    private static CrmUnavailable down() {
        return new CrmUnavailable(Trouble.DOWN, "GET /api/v4/leads → 500", null);
    }

    private List<String> told(CapturedOutput log) {
        return log.getAll().lines().filter(line -> line.contains("account " + account + ":")).toList();
    }

    private void itBegan(String ago) {
        jdbc.update("UPDATE amocrm_accounts SET changed_at = now() - ?::interval WHERE name = ?", ago, account);
    }

    @Test
    void single500sAreAStateAndNoLines(CapturedOutput log) {
        for (int i = 0; i < 5; i++) {
            one.troubled(account, down());
            assertThat(state()).isEqualTo("down");
            // an hour of them
            itBegan("2 s");
            two.served(account, call());
            itBegan("1 h");
        }
        assertThat(told(log)).isEmpty();
    }

    @Test
    void anOutageThatLastsIsToldOnceAndSoIsItsEnd(CapturedOutput log) {
        one.troubled(account, down());
        itBegan("11 s");
        two.troubled(account, down());
        one.troubled(account, down());
        assertThat(told(log)).singleElement().asString().contains("ERROR", "не отвечает", "релей повторит сам", "→ 500");

        one.served(account, call());
        two.served(account, call());
        assertThat(told(log)).hasSize(2).last().asString().contains("INFO", "serves again");

        two.troubled(account, down());
        itBegan("11 s");
        two.troubled(account, down());
        assertThat(told(log)).as("the next one").hasSize(3);
    }

    @Test
    void anOpenBreakerIsToldAtOnce(CapturedOutput log) {
        one.troubled(account, down());
        two.troubled(account, new CrmUnavailable(Trouble.DOWN, "GET /api/v4/leads not sent", null) {
            @Override
            public boolean isNotTried() {
                return true;
            }
        });
        assertThat(told(log)).singleElement().asString().contains("ERROR", "не отвечает");
    }

    @Test
    void whatOnlyAPersonCanMendIsToldAtOnceAndOnce(CapturedOutput log) {
        CrmUnavailable blocked = new CrmUnavailable(Trouble.BLOCKED, "GET /api/v4/leads → 403", null);
        one.troubled(account, down());
        one.troubled(account, blocked);
        two.troubled(account, blocked);
        assertThat(told(log)).singleElement().asString().contains("ERROR", "→ 403");
    }
}
