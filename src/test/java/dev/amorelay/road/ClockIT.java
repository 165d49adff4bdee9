package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The database's clock is set back by an hour: rows that were written before bear times of the future. */
class ClockIT extends RunningRelay {

    private final String kind = "test." + UUID.randomUUID();

    @Autowired
    private Outbox outbox;

    /** What the tables look like after the step: everything is an hour ahead. */
    private void clockSetBack() {
        jdbc.update("UPDATE clock_seen SET seen_at = now() + interval '1 hour'");
    }

    private void heeded() {
        soon().until(() -> jdbc.queryForObject("SELECT seen_at < now() + interval '1 s' FROM clock_seen", Boolean.class));
    }

    @Test
    void aDeadWorkersLeaseDoesNotLastForAnHour() {
        outbox.owe(kind, kind, "subject", Json.object());
        Effect effect = outbox.claim(kind, "", 1).get(0);
        jdbc.update("UPDATE outbox SET locked_until = now() + interval '1 hour 5 s' WHERE id = ?", effect.id());

        clockSetBack();

        soon().until(() -> outbox.claim(kind, "", 1).size() == 1);
    }

    @Test
    void whatWaitsDoesNotWaitAnHourLonger() {
        outbox.owe(kind, kind, "subject", Json.object());
        jdbc.update("UPDATE outbox SET next_attempt_at = now() + interval '1 hour 1 s' WHERE kind = ?", kind);

        clockSetBack();

        soon().until(() -> outbox.claim(kind, "", 1).size() == 1);
    }

    @Test
    void callsOfTheFutureDoNotFillTheWindows() {
        String account = "account-" + UUID.randomUUID();
        jdbc.update("INSERT INTO amocrm_calls (account, ends_at) VALUES (?, now() + interval '55 min')", account);

        clockSetBack();
        heeded();

        assertThat(jdbc.queryForObject("SELECT ends_at < now() - interval '4 min' FROM amocrm_calls WHERE account = ?", Boolean.class, account))
                .as("made five minutes ago by either clock").isTrue();
    }

    @Test
    void aLivingWorkersLeaseIsKeptAndAClockThatRunsOnChangesNothing() {
        outbox.owe(kind, kind, "subject", Json.object());
        Effect effect = outbox.claim(kind, "", 1).get(0);
        String before = lockedUntil(effect);

        assertThat(jdbc.queryForObject("SELECT heed_clock(interval '10 s')::text", String.class)).isNull();

        assertThat(lockedUntil(effect)).isEqualTo(before);
        outbox.done(effect);
    }

    private String lockedUntil(Effect effect) {
        return jdbc.queryForObject("SELECT locked_until::text FROM outbox WHERE id = ?", String.class, effect.id());
    }
}
