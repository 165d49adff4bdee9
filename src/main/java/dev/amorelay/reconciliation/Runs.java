package dev.amorelay.reconciliation;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.reconciliation.Place.Step;
import dev.amorelay.reconciliation.Run.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The reconciliations: begun, a page further, finished. Each page is an effect that the one before owes. */
@Component
public class Runs {

    /** The effect that reads one page. */
    static final String PAGE = "crm.reconciliation";

    /** How far amoCRM's clock may be ahead of ours. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final JdbcTemplate jdbc;
    private final FlowEvents events;
    private final Duration longest;

    /**
     * @param jdbc the relay's database
     * @param events tells the flow which page is due
     * @param days how many days back is looked at most
     */
    public Runs(JdbcTemplate jdbc, FlowEvents events, @Value("${relay.reconciliation.days:30}") int days) {
        this.jdbc = jdbc;
        this.events = events;
        this.longest = Duration.ofDays(days);
    }

    /**
     * Begins a reconciliation, whose first page is due, in one commit.
     *
     * @param account the configured name of the account
     * @param cause why
     * @param from null, or longer ago than is looked at most = as far back as is looked
     * @param to its end by our clock; a minute more is looked through
     * @return the run
     */
    @Transactional
    Run begin(String account, Cause cause, @Nullable Instant from, Instant to) {
        // what has happened may bear a later time by amoCRM's clock
        Instant last = to.plus(CLOCKS).truncatedTo(ChronoUnit.SECONDS);
        Instant earliest = to.minus(longest).truncatedTo(ChronoUnit.SECONDS);
        Instant first = from == null || from.isBefore(earliest) ? earliest : from.truncatedTo(ChronoUnit.SECONDS);
        Long id = jdbc.queryForObject("""
                INSERT INTO reconciliations (account, cause, from_at, to_at, reached) VALUES (?, ?, ?, ?, ?) RETURNING id""",
                Long.class, account, cause.word(), Timestamp.from(first), Timestamp.from(last), Timestamp.from(first));
        Run run = new Run(id, account, cause, first, last, Place.first(first), 0);
        due(run);
        LOG.info("amoCRM account {}: looking for what was missed from {} to {} ({})", account, first, last, cause.word());
        return run;
    }

    private void due(Run run) {
        events.tell("reconciliation.run.due", Map.of("account", run.account(), "run", run.id(), "page", run.pages()));
    }

    /**
     * The run that a page belongs to.
     *
     * @param effect {@code crm.reconciliation} with {@code {run}}
     * @return the run as it stands
     */
    Run of(Effect effect) {
        return jdbc.queryForObject("SELECT * FROM reconciliations WHERE id = ?", Runs::run, ((Number) effect.payload().get("run")).longValue());
    }

    /**
     * Notes what a page brought, and that the next one is due; to be called in the commit that stores what was found.
     *
     * @param run as it stood before the page
     * @param found how many missed events the page told of
     * @param next where to go on
     * @param remark what could not be looked at, a Russian sentence, or null
     */
    void advance(Run run, int found, Place next, @Nullable String remark) {
        Run further = new Run(run.id(), run.account(), run.cause(), run.from(), run.to(), next, run.pages() + 1);
        Step step = run.place().step();
        jdbc.update("""
                UPDATE reconciliations SET step = ?, reached = ?, page = ?, pages = ?,
                       found_changes = found_changes + ?, found_deals = found_deals + ?, found_contacts = found_contacts + ?,
                       remark = nullif(concat_ws('; ', remark, ?::text), ''), finished_at = CASE WHEN ? THEN now() END
                WHERE id = ?""", word(next.step()), Timestamp.from(next.reached()), next.page(), further.pages(),
                step == Step.CHANGES ? found : 0, step == Step.DEALS ? found : 0, step == Step.CONTACTS ? found : 0,
                remark, further.isDone(), run.id());
        if (!further.isDone()) {
            due(further);
        }
    }

    /**
     * The newest runs.
     *
     * @param account the configured name of the account; null = all
     * @param most how many
     * @return their rows, the newest first
     */
    List<Map<String, Object>> newest(@Nullable String account, int most) {
        return jdbc.queryForList("""
                SELECT id, account, cause, from_at, to_at, step, pages, found_changes, found_deals, found_contacts, remark,
                       started_at, finished_at
                FROM reconciliations WHERE account = coalesce(?, account) ORDER BY id DESC LIMIT ?""", account, most);
    }

    /**
     * When an account's last reconciliation was finished.
     *
     * @param account the configured name
     * @return empty where none was yet
     */
    Optional<Instant> lastFinished(String account) {
        return Optional.ofNullable(jdbc.queryForObject("SELECT max(finished_at) FROM reconciliations WHERE account = ?",
                Timestamp.class, account)).map(Timestamp::toInstant);
    }

    /**
     * How many missed events all reconciliations of an account have found.
     *
     * @param account the configured name
     * @param column {@code changes}, {@code deals} or {@code contacts}
     * @return how many
     */
    long found(String account, String column) {
        return jdbc.queryForObject("SELECT coalesce(sum(found_" + column + "), 0) FROM reconciliations WHERE account = ?",
                Long.class, account);
    }

    private static String word(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        String cause = row.getString("cause");
        return new Run(row.getLong("id"), row.getString("account"),
                Arrays.stream(Cause.values()).filter(one -> one.word().equals(cause)).findFirst().orElseThrow(),
                row.getTimestamp("from_at").toInstant(), row.getTimestamp("to_at").toInstant(),
                new Place(Step.valueOf(row.getString("step").toUpperCase(Locale.ROOT)),
                        row.getTimestamp("reached").toInstant(), row.getInt("page")), row.getInt("pages"));
    }
}
