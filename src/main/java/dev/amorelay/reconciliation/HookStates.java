package dev.amorelay.reconciliation;

import dev.amorelay.reconciliation.Run.Cause;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How each account's webhook subscription was when it was last looked at. */
@Component
public class HookStates {

    private static final Logger LOG = LoggerFactory.getLogger(HookStates.class);

    private final JdbcTemplate jdbc;
    private final Runs runs;

    /**
     * @param jdbc the relay's database
     * @param runs where a reconciliation is begun
     */
    public HookStates(JdbcTemplate jdbc, Runs runs) {
        this.jdbc = jdbc;
        this.runs = runs;
    }

    /**
     * Notes that amoCRM has switched the subscription off. It counts as off until {@link #fine}, so that a death between
     * switching it on again and looking for what was missed loses nothing.
     *
     * @param account the configured name
     */
    @Transactional
    public void disabled(String account) {
        if (!"disabled".equals(state(account))) {
            LOG.error("amoCRM account {}: the webhooks were switched off by amoCRM, as it does after many bad or slow answers", account);
        }
        note(account, "disabled");
    }

    /**
     * Notes that there is no subscription of ours.
     *
     * @param account the configured name
     */
    @Transactional
    public void missing(String account) {
        if (!"missing".equals(state(account))) {
            LOG.warn("amoCRM account {}: no webhook leads to this relay; POST /api/admin/webhooks subscribes it", account);
        }
        note(account, "missing");
    }

    /**
     * Notes that the subscription is switched on. Where it was not, what was missed since it last was is looked for; that
     * is begun in the same commit.
     *
     * @param account the configured name
     * @param now the time of the look, by our clock before it
     * @param changed amoCRM's time of its last saving; by another than us = it may have been off in between
     * @param byUs whether we have just saved it
     */
    @Transactional
    public void fine(String account, Instant now, long changed, boolean byUs) {
        // two looks take turns: one of them begins the run
        jdbc.queryForList("SELECT account FROM account_watch WHERE account = ? FOR UPDATE", account);
        String before = state(account);
        boolean savedAnew = !byUs && !jdbc.queryForList(
                "SELECT 1 FROM account_watch WHERE account = ? AND hook_state = 'ok' AND hook_changed <> ?", account, changed).isEmpty();
        Instant last = jdbc.queryForList("SELECT hook_ok_at FROM account_watch WHERE account = ? AND hook_ok_at IS NOT NULL",
                Timestamp.class, account).stream().findFirst().map(Timestamp::toInstant).orElse(null);
        // one that was never there has missed nothing; one that was found switched off has, nobody knows since when
        if ("disabled".equals(before) || "missing".equals(before) && last != null || savedAnew) {
            LOG.info("amoCRM account {}: the webhooks are switched on again", account);
            runs.begin(account, Cause.HOOKS_OFF, last == null ? null : last.minus(Heartbeat.OVERLAP), Instant.now());
        }
        note(account, "ok");
        jdbc.update("UPDATE account_watch SET hook_ok_at = ?, hook_changed = ? WHERE account = ?", Timestamp.from(now), changed, account);
    }

    /**
     * How the subscription was.
     *
     * @param account the configured name
     * @return {@code ok}, {@code disabled}, {@code missing}; null where it was never looked at
     */
    public @Nullable String state(String account) {
        return jdbc.queryForList("SELECT hook_state FROM account_watch WHERE account = ? AND hook_state IS NOT NULL", String.class, account)
                .stream().findFirst().orElse(null);
    }

    private void note(String account, String state) {
        jdbc.update("""
                INSERT INTO account_watch (account, hook_state, hook_seen_at) VALUES (?, ?, now())
                ON CONFLICT (account) DO UPDATE SET hook_state = excluded.hook_state, hook_seen_at = now()""", account, state);
    }
}
