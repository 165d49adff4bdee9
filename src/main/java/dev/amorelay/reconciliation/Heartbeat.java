package dev.amorelay.reconciliation;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.delivery.StartupWork;
import dev.amorelay.reconciliation.Run.Cause;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes that the relay is up and can store. After a silence of all nodes (stopped, killed, frozen, or without their
 * database) what was missed is looked for.
 */
@Component
public class Heartbeat {

    /** Hooks that were on their way when the silence began, and what two clocks may differ by. */
    static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final String FIRST_BEAT = "first beat of the heart";
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final Runs runs;
    private final HookWatch hooks;
    private final StartupWork startup;
    private final Duration silence;

    Heartbeat(JdbcTemplate jdbc, Accounts accounts, Runs runs, HookWatch hooks, StartupWork startup,
              @Value("${relay.reconciliation.silence:2m}") Duration silence) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.runs = runs;
        this.hooks = hooks;
        this.startup = startup;
        startup.expect(FIRST_BEAT, HookWatch.LOOK, Runs.PAGE);
        this.silence = silence;
    }

    /**
     * Notes that we are up. A gap and the reconciliation that it calls for are one commit, and nodes take turns: one of
     * them begins it, and a death in between leaves the gap to be seen again.
     */
    @Transactional
    public void beat() {
        accounts.names().stream().sorted().forEach(this::beat);
        startup.done(FIRST_BEAT);
    }

    private void beat(String account) {
        List<Timestamp> before = jdbc.queryForList("SELECT alive_at FROM account_watch WHERE account = ? FOR UPDATE",
                Timestamp.class, account);
        if (before.isEmpty()) {
            int first = jdbc.update("INSERT INTO account_watch (account) VALUES (?) ON CONFLICT (account) DO NOTHING", account);
            if (first == 1) {
                hooks.due(account, "first");
            }
            return;
        }
        Instant now = jdbc.queryForObject("""
                UPDATE account_watch SET alive_at = greatest(alive_at, clock_timestamp()) WHERE account = ? RETURNING alive_at""",
                Timestamp.class, account).toInstant();
        Instant last = before.get(0).toInstant();
        if (Duration.between(last, now).compareTo(silence) > 0) {
            LOG.warn("amoCRM account {}: nothing could be taken in since {}", account, last);
            Run run = runs.begin(account, Cause.DOWNTIME, last.minus(OVERLAP), now);
            hooks.due(account, "after-" + run.id());
        }
    }
}
