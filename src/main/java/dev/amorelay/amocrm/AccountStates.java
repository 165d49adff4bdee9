package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.work.Backoff;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    /** One 500 of many calls is no outage: the log is told of one that nothing served has ended for so long. */
    private static final Duration LASTS = Duration.ofSeconds(10);

    private final JdbcTemplate jdbc;

    /**
     * @param jdbc the relay's database
     */
    public AccountStates(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes that amoCRM cannot serve an account, and holds back its calls where that helps. An answer 429 that does not
     * tell for how long only slows them down, see {@link CallBudget#slowDown}, which also tells it. The state is written at
     * once; the log is told that amoCRM is down when that lasts, or the breaker has opened.
     *
     * @param account the configured name
     * @param unavailable what amoCRM answered
     */
    public void troubled(String account, CrmUnavailable unavailable) {
        Trouble trouble = unavailable.trouble();
        boolean onlySlower = unavailable.asksForFewerCalls();
        Long pause = !PAUSING.contains(trouble) || onlySlower ? null
                : (unavailable.delay() == null ? Backoff.after(1) : unavailable.delay()).toMillis();
        boolean mayPass = trouble == Trouble.DOWN && !unavailable.isNotTried();
        jdbc.update("""
                INSERT INTO amocrm_accounts AS known (name, state, cause, remedy, paused_until, troubled_call)
                SELECT ?, ?, ?, ?, now() + ? * interval '1 ms', CASE WHEN is_called THEN last_value ELSE 0 END
                FROM amocrm_calls_id_seq
                ON CONFLICT (name) DO UPDATE SET
                    state = excluded.state, cause = excluded.cause, remedy = excluded.remedy,
                    paused_until = greatest(known.paused_until, excluded.paused_until),
                    troubled_call = greatest(known.troubled_call, excluded.troubled_call),
                    changed_at = CASE WHEN (known.state, known.cause) IS NOT DISTINCT FROM (excluded.state, excluded.cause)
                        THEN known.changed_at ELSE now() END,
                    told = known.told AND (known.state, known.cause) IS NOT DISTINCT FROM (excluded.state, excluded.cause)
                """, account, word(trouble), unavailable.cause(), unavailable.remedy(), pause);
        // one node tells it
        int isNews = jdbc.update("UPDATE amocrm_accounts SET told = true WHERE name = ? AND NOT told AND state = ?"
                + " AND changed_at <= greatest(now(), changed_at) - ? * interval '1 ms'",
                account, word(trouble), mayPass ? LASTS.toMillis() : 0);
        if (isNews > 0 && !onlySlower) {
            LOG.error("amoCRM account {}: {}. {} ({})", account, unavailable.cause(), unavailable.remedy(), unavailable.getMessage());
        }
    }

    /**
     * Notes that amoCRM has served a call. Whichever node noted a trouble, the next call that is served ends it, but not
     * one that was on its way already when the trouble was told, and not while calls still go slower than they could.
     *
     * @param account the configured name
     * @param call number of the call, as {@link CallBudget#take} gave it
     */
    public void served(String account, long call) {
        // what the log does not know of has no end there
        List<Boolean> ended = jdbc.queryForList("""
                UPDATE amocrm_accounts SET state = 'ok', cause = NULL, remedy = NULL, changed_at = now()
                WHERE name = ? AND state <> 'ok' AND troubled_call < ?
                  AND NOT (state = 'slowed' AND EXISTS (SELECT FROM amocrm_paces WHERE account = name))
                RETURNING told""", Boolean.class, account, call);
        if (ended.contains(true)) {
            LOG.info("amoCRM account {}: serves again", account);
        }
    }

    /**
     * Lets calls pass again at once where only the missing token held them back: somebody is giving a new one.
     *
     * @param account the configured name
     */
    public void tokenComes(String account) {
        jdbc.update("UPDATE amocrm_accounts SET paused_until = NULL WHERE name = ? AND state = ?", account, word(Trouble.AUTH_REQUIRED));
    }

    /**
     * Why calls to an account are held back.
     *
     * @param account the configured name
     * @return empty when they are not
     */
    public Optional<Pause> pausedBy(String account) {
        return jdbc.query("SELECT state, cause, remedy FROM amocrm_accounts WHERE name = ? AND paused_until > now()",
                        (row, number) -> new Pause(trouble(row.getString("state")), row.getString("cause"), row.getString("remedy")),
                        account)
                .stream().filter(pause -> pause.trouble() != null).findFirst();
    }

    /**
     * Why calls are held back.
     *
     * @param trouble of which kind it is
     * @param cause what is wrong, a Russian sentence
     * @param remedy what to do, a Russian sentence
     */
    public record Pause(Trouble trouble, String cause, String remedy) {
    }

    /** @return null for the state of an account that is well */
    private static @Nullable Trouble trouble(String state) {
        return Arrays.stream(Trouble.values()).filter(trouble -> word(trouble).equals(state)).findFirst().orElse(null);
    }

    private static String word(Trouble trouble) {
        return trouble == Trouble.TOO_FAST ? "slowed" : trouble.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
