package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.work.Backoff;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How it goes with each account, for all nodes: a pause that one node is told holds back all of them, and what is
 * wrong is told once, with its remedy, not at every call.
 */
@Component
public class AccountStates {

    private static final Logger LOG = LoggerFactory.getLogger(AccountStates.class);

    /** Troubles that stop all calls for a while; the others are left to backoff and breaker. */
    private static final Set<Trouble> PAUSING = Set.of(Trouble.TOO_FAST, Trouble.BLOCKED, Trouble.UNPAID, Trouble.AUTH_REQUIRED);

    private final JdbcTemplate jdbc;
    private final Map<String, Boolean> well = new ConcurrentHashMap<>();

    /**
     * @param jdbc the relay's database
     */
    public AccountStates(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes that amoCRM cannot serve an account, and holds back its calls where that helps.
     *
     * @param account the configured name
     * @param unavailable what amoCRM answered
     */
    public void troubled(String account, CrmUnavailable unavailable) {
        Trouble trouble = unavailable.trouble();
        Long pause = !PAUSING.contains(trouble) ? null
                : (unavailable.delay() == null ? Backoff.after(slowdowns(account) + 1) : unavailable.delay()).toMillis();
        Boolean isNews = jdbc.queryForObject("""
                INSERT INTO amocrm_accounts AS known (name, state, cause, remedy, slowdowns, paused_until)
                VALUES (?, ?, ?, ?, 1, now() + ? * interval '1 ms')
                ON CONFLICT (name) DO UPDATE SET
                    state = excluded.state, cause = excluded.cause, remedy = excluded.remedy,
                    slowdowns = known.slowdowns + 1,
                    paused_until = greatest(known.paused_until, excluded.paused_until),
                    changed_at = CASE WHEN known.state = excluded.state THEN known.changed_at ELSE now() END
                RETURNING changed_at = now()""", Boolean.class, account, word(trouble), trouble.cause(), trouble.remedy(), pause);
        well.put(account, false);
        if (Boolean.TRUE.equals(isNews)) {
            LOG.error("amoCRM account {}: {}. {} ({})", account, trouble.cause(), trouble.remedy(), unavailable.getMessage());
        }
    }

    /**
     * Notes that amoCRM serves an account. Costs nothing while it did before.
     *
     * @param account the configured name
     */
    public void served(String account) {
        if (Boolean.TRUE.equals(well.put(account, true))) {
            return;
        }
        int changed = jdbc.update("""
                UPDATE amocrm_accounts SET state = 'ok', cause = NULL, remedy = NULL, slowdowns = 0, changed_at = now()
                WHERE name = ? AND state <> 'ok'""", account);
        if (changed > 0) {
            LOG.info("amoCRM account {}: serves again", account);
        }
    }

    /**
     * Why calls to an account are held back.
     *
     * @param account the configured name
     * @return empty when they are not
     */
    public Optional<Trouble> pausedBy(String account) {
        return jdbc.queryForList("SELECT state FROM amocrm_accounts WHERE name = ? AND paused_until > now()", String.class, account)
                .stream().flatMap(state -> Arrays.stream(Trouble.values()).filter(trouble -> word(trouble).equals(state))).findFirst();
    }

    private int slowdowns(String account) {
        return jdbc.queryForList("SELECT slowdowns FROM amocrm_accounts WHERE name = ?", Integer.class, account)
                .stream().findFirst().orElse(0);
    }

    private static String word(Trouble trouble) {
        return trouble == Trouble.TOO_FAST ? "slowed" : trouble.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
