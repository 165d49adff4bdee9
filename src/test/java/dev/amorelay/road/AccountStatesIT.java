package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.AccountStates;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How it goes with an account, as two nodes see it: what is in the database decides. */
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
        return jdbc.queryForObject("SELECT call_id FROM take_amocrm_call(?, '{1000}', '{1 s}', 1)", Long.class, account);
    }

    private String state() {
        return jdbc.queryForObject("SELECT state FROM amocrm_accounts WHERE name = ?", String.class, account);
    }

    private int slowdowns() {
        return jdbc.queryForObject("SELECT slowdowns FROM amocrm_accounts WHERE name = ?", Integer.class, account);
    }

    private void pauseEnded(String ago) {
        jdbc.update("UPDATE amocrm_accounts SET paused_until = now() - ?::interval WHERE name = ?", ago, account);
    }

    private static CrmUnavailable tooFast() {
        return new CrmUnavailable(Trouble.TOO_FAST, "GET /api/v4/leads → 429", null);
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
    void aSuccessBetweenTwo429DoesNotMakeThePausesShortAgain() {
        one.troubled(account, tooFast());
        pauseEnded("1 s");
        two.served(account, call());
        assertThat(state()).isEqualTo("ok");

        two.troubled(account, tooFast());
        assertThat(slowdowns()).isEqualTo(2);
        pauseEnded("1 s");
        one.troubled(account, tooFast());
        assertThat(slowdowns()).isEqualTo(3);
        assertThat(jdbc.queryForObject("SELECT paused_until - now() > interval '1.5 s' FROM amocrm_accounts WHERE name = ?",
                Boolean.class, account)).as("2 s at least, after 0.5 s at least the first time").isTrue();

        pauseEnded("2 minutes");
        two.troubled(account, tooFast());
        assertThat(slowdowns()).as("after a good while it begins anew").isEqualTo(1);
    }

    @Test
    void the429OfOneBurstAreOneSlowdown() {
        for (int i = 0; i < 5; i++) {
            one.troubled(account, tooFast());
            two.troubled(account, tooFast());
        }
        assertThat(slowdowns()).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT paused_until - now() < interval '2 s' FROM amocrm_accounts WHERE name = ?",
                Boolean.class, account)).isTrue();
    }

    @Test
    void otherTroublesAreNoSlowdowns() {
        one.troubled(account, tooFast());
        one.troubled(account, new CrmUnavailable(Trouble.DOWN, "GET /api/v4/leads → 502", null));
        assertThat(slowdowns()).isEqualTo(1);
        assertThat(state()).isEqualTo("down");
    }
}
