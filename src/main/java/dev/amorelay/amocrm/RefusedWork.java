package dev.amorelay.amocrm;

import dev.amorelay.work.Claimed;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Work whose calls an account refused without blaming anything that was sent, for all nodes. As long as no later call of the kind
 * is served, it is the account's trouble, and the work waits; a row that is refused once more after others were served is odd itself.
 */
@Component
public class RefusedWork {

    /** So many in a row, and nobody else tries before the next probe. */
    public static final int IN_A_ROW = 3;

    private static final Logger LOG = LoggerFactory.getLogger(RefusedWork.class);
    private static final Duration LATELY = Duration.ofMinutes(10);

    private final JdbcTemplate jdbc;

    RefusedWork(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Why an account does not take writes.
     *
     * @param cause what is wrong, a Russian sentence
     * @param remedy what to do, a Russian sentence
     * @param since when the first of what waits was refused
     */
    public record Refusal(String cause, String remedy, OffsetDateTime since) {
    }

    /**
     * Notes that a row of work was refused when it was tried alone.
     *
     * @param row the row
     * @param account the configured name of the account
     * @param refusing what was called, and what amoCRM said
     * @param number the call's number, as {@link CallBudget#take} gave it
     * @return whether others of the kind were served since an earlier refusal of this row: then it is odd, and forgotten here
     */
    boolean isOdd(Claimed row, String account, CrmRefusing refusing, long number) {
        jdbc.update("DELETE FROM amocrm_refused_work WHERE last_at < now() - interval '1 day'");
        boolean first = refusal(account).isEmpty();
        Boolean odd = jdbc.queryForObject("""
                INSERT INTO amocrm_refused_work AS known (work, account, call, reason, number) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (work) DO UPDATE SET reason = excluded.reason, number = excluded.number, last_at = now()
                RETURNING others_passed""", Boolean.class, row.label(), account, refusing.call(), refusing.reason(), number);
        if (Boolean.TRUE.equals(odd)) {
            jdbc.update("DELETE FROM amocrm_refused_work WHERE work = ?", row.label());
            return true;
        }
        if (first) {
            LOG.error("amoCRM account {}: {}. {} ({})", account, refusing.cause(), refusing.remedy(), refusing.getMessage());
        }
        return false;
    }

    /**
     * Notes that a write was served.
     *
     * @param call the write
     * @param number its number
     */
    void passed(CrmCall call, long number) {
        int told = jdbc.update("""
                UPDATE amocrm_refused_work SET others_passed = true
                WHERE account = ? AND call = ? AND NOT others_passed AND number < ?""", call.account(), call.label(), number);
        if (told > 0) {
            LOG.info("amoCRM account {}: {} is served again", call.account(), call.label());
        }
    }

    /**
     * Whether so much was refused in a row that only a probe makes sense.
     *
     * @param account the configured name of the account
     * @param call what is to be called, see {@link CrmCall#label}
     * @return what was said last, when at least {@value #IN_A_ROW} rows of work wait, and none was served since
     */
    public Optional<CrmRefusing> inARow(String account, String call) {
        return jdbc.query("""
                SELECT (array_agg(reason ORDER BY last_at DESC))[1] AS reason FROM amocrm_refused_work
                WHERE account = ? AND call = ? AND NOT others_passed AND last_at > now() - ? * interval '1 s'
                HAVING count(*) >= ?""", (row, number) -> new CrmRefusing(account, call, row.getString("reason")), account, call,
                LATELY.toSeconds(), IN_A_ROW).stream().findFirst();
    }

    /**
     * Which rows were refused before, and not served since.
     *
     * @param rows claimed rows
     * @return their labels
     */
    public Set<String> among(Collection<? extends Claimed> rows) {
        return Set.copyOf(jdbc.queryForList("SELECT work FROM amocrm_refused_work WHERE work = ANY (?)", String.class,
                (Object) rows.stream().map(Claimed::label).toArray(String[]::new)));
    }

    /**
     * A refusal that no part of an item explains, like one that blames nothing at all.
     *
     * @param account the configured name of the account
     * @param call what was called, see {@link CrmCall#label}
     * @param rejected what amoCRM said
     * @return the refusal
     */
    public CrmRefusing refusing(String account, String call, CrmRejected rejected) {
        Long number = jdbc.queryForObject("SELECT last_value FROM amocrm_calls_id_seq", Long.class);
        CrmRefusing refusing = new CrmRefusing(account, call, "400 " + String.join(" | ", rejected.reasons().values()));
        return refusing.judgedBy(account, row -> isOdd(row, account, refusing, number == null ? 0 : number));
    }

    /**
     * Why an account does not take writes now.
     *
     * @param account the configured name
     * @return empty where it does, or where nobody has tried lately
     */
    Optional<Refusal> refusal(String account) {
        return jdbc.query("""
                SELECT call, reason, min(since) OVER () AS since FROM amocrm_refused_work
                WHERE account = ? AND NOT others_passed AND last_at > now() - ? * interval '1 s' ORDER BY last_at DESC LIMIT 1""",
                (row, number) -> {
                    CrmUnavailable.Trouble trouble = CrmUnavailable.Trouble.REFUSED;
                    return new Refusal(trouble.cause() + ": " + row.getString("call") + " → " + row.getString("reason"),
                            trouble.remedy(account), row.getObject("since", OffsetDateTime.class));
                }, account, LATELY.toSeconds()).stream().findFirst();
    }
}
