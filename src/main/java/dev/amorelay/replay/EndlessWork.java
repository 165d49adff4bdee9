package dev.amorelay.replay;

import dev.amorelay.database.SqlFile;
import dev.amorelay.logging.Masking;
import dev.amorelay.work.ClaimWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The alarm for work that comes to no end: rows that are claimed again and again, and kinds that cannot be claimed at all. Looked at
 * every 30 s: a line in the log when it begins and once an hour, {@code relay_endless_work{kind, account}} (rows) and
 * {@code relay_claims_failing} (kinds).
 */
@Component
class EndlessWork {

    /** So many workers died over it. */
    static final int MANY_LAPSES = 3;
    /** With the longest waits between them, four hours of trying. */
    static final int MANY_ATTEMPTS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(EndlessWork.class);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final String SQL = SqlFile.read("replay/endless.sql");

    private final JdbcTemplate jdbc;
    private final ClaimWatch claims;
    private final MultiGauge rows;
    private final Map<String, Instant> told = new HashMap<>();

    /**
     * Rows of one kind that come to no end.
     *
     * @param kind an effect's kind, or inbox
     * @param account configured name; empty for work that needs none
     * @param count how many
     * @param attempts the most claims of one of them
     * @param lapses the most workers that died over one of them
     * @param oldest the smallest id
     * @param reason why it was put off last, masked; empty where nobody could say
     */
    record Endless(String kind, String account, long count, int attempts, int lapses, long oldest, String reason) {
    }

    EndlessWork(JdbcTemplate jdbc, ClaimWatch claims, MeterRegistry registry) {
        this.jdbc = jdbc;
        this.claims = claims;
        this.rows = MultiGauge.builder("relay.endless.work").description("Rows that are claimed again and again").register(registry);
        Gauge.builder("relay.claims.failing", claims, watch -> watch.lasting(Instant.now()).size())
                .description("Kinds of work that cannot be claimed though the database is there").register(registry);
    }

    /** @return what comes to no end now */
    List<Endless> rows() {
        return jdbc.query(SQL, (row, number) -> new Endless(row.getString("kind"), row.getString("account"), row.getLong("rows"),
                        row.getInt("attempts"), row.getInt("lapses"), row.getLong("oldest"),
                        row.getString("reason") == null ? "" : Masking.mask(row.getString("reason"))),
                MANY_LAPSES, MANY_ATTEMPTS, MANY_LAPSES, MANY_ATTEMPTS);
    }

    /** Every node tells for itself; what one of them finds, all of them do. */
    @Scheduled(fixedDelay = 30_000, initialDelay = 10_000)
    void look() {
        try {
            List<Endless> all = rows();
            rows.register(all.stream().<Row<?>>map(one -> Row.of(Tags.of("kind", one.kind(), "account", one.account()), one.count())).toList(), true);
            tell(all, Instant.now());
        } catch (DataAccessException e) {
            LOG.debug("endless work cannot be looked for now", e);
        }
    }

    void tell(List<Endless> all, Instant now) {
        told.keySet().removeIf(name -> all.stream().noneMatch(one -> name.equals(name(one))));
        for (Endless one : all) {
            Instant before = told.get(name(one));
            if (before == null || Duration.between(before, now).compareTo(AGAIN) >= 0) {
                told.put(name(one), now);
                LOG.error("{} of {}{} are claimed again and again without an end (up to {} times, {} workers died over it; the oldest is {}): {}",
                        one.count(), one.kind(), one.account().isEmpty() ? "" : " of account " + one.account(), one.attempts(), one.lapses(),
                        one.oldest(), one.reason().isEmpty() ? "nobody could say why" : one.reason());
            }
        }
    }

    /** @return what cannot be claimed, by kind and account */
    Map<String, ClaimWatch.Trouble> stuck() {
        return claims.lasting(Instant.now());
    }

    private static String name(Endless one) {
        return one.kind() + " " + one.account();
    }
}
