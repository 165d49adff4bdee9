package dev.amorelay.road;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.database.EmbeddedDatabase;
import dev.amorelay.database.TemplateDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/** What it costs to claim a batch of events while so many others are stored. */
final class ClaimCost implements AutoCloseable {

    private static final int RUNS = 30;
    private static final int BATCH = 200;

    private final EmbeddedDatabase database;
    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcTemplate jdbc;

    /** @param data an empty directory */
    ClaimCost(Path data) {
        database = EmbeddedDatabase.start(TemplateDatabase.copyTo(data));
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(2);
        Flyway.configure().dataSource(pool).load().migrate();
        jdbc = new JdbcTemplate(pool);
        add("waiting", BATCH * 2, false);
    }

    /** Fills up to so many settled events. */
    void store(int events) {
        int stored = jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events WHERE processed", Integer.class);
        add("stored-" + events, events - stored, true);
        jdbc.execute("VACUUM ANALYZE amocrm_webhook_events");
    }

    private void add(String prefix, int events, boolean processed) {
        jdbc.update("""
                INSERT INTO amocrm_webhook_events (event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id,
                                                   account, processed, outcome, processed_at)
                SELECT 'lead.update', 'lead', n::text, ? || n, jsonb_build_object('id', n::text, 'updated_at', '1900000000'), 31000001,
                       'default', ?, CASE WHEN ? THEN 'done' END, CASE WHEN ? THEN now() END
                FROM generate_series(1, ?) AS n""", prefix, processed, processed, processed, events);
    }

    /** @return the median time of a claim of 200 events, in ms; each is undone */
    double median() {
        double[] times = new double[RUNS];
        for (int run = -5; run < RUNS; run++) {
            long begin = System.nanoTime();
            int claimed = jdbc.queryForList("SELECT * FROM claim_webhook_events('default', ?, interval '10 s')", BATCH).size();
            if (run >= 0) {
                times[run] = (System.nanoTime() - begin) / 1e6;
            }
            if (claimed != BATCH) {
                throw new AssertionError(claimed + " events claimed");
            }
            jdbc.update("UPDATE amocrm_webhook_events SET lease = NULL, locked_until = NULL, attempts = 0 WHERE lease IS NOT NULL");
            // what autovacuum does on a server that has time
            jdbc.execute("VACUUM amocrm_webhook_events");
        }
        Arrays.sort(times);
        return times[RUNS / 2];
    }

    @Override
    public void close() throws IOException {
        pool.close();
        database.close();
    }
}
