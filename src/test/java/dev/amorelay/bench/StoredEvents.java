package dev.amorelay.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.database.EmbeddedDatabase;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/** The relay's table of webhook events, filled as years of hooks would have filled it. */
public final class StoredEvents implements AutoCloseable {

    private static final int BATCH = 200;
    private static final int CLAIMS = 60;
    private static final int CHUNK = 500_000;

    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcTemplate jdbc;

    /** @param database gets the relay's tables, where it does not have them */
    StoredEvents(EmbeddedDatabase database) {
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(2);
        Flyway.configure().dataSource(pool).load().migrate();
        jdbc = new JdbcTemplate(pool);
    }

    /**
     * Fills up to so many events that are settled, over the last 90 days.
     *
     * @param jdbc the relay's database
     * @param events how many there are to be
     */
    public static void fill(JdbcTemplate jdbc, int events) {
        int stored = jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events WHERE processed", Integer.class);
        for (int from = stored; from < events; from += CHUNK) {
            add(jdbc, from + 1, Math.min(events, from + CHUNK), true);
        }
        jdbc.execute("VACUUM ANALYZE amocrm_webhook_events");
        jdbc.execute("CHECKPOINT");
    }

    void fill(int events) {
        fill(jdbc, events);
    }

    /** Leaves exactly so many events that wait, due at once. */
    void waiting(int events) {
        jdbc.update("DELETE FROM amocrm_webhook_events WHERE NOT processed");
        add(jdbc, 1, events, false);
        jdbc.execute("VACUUM ANALYZE amocrm_webhook_events");
        jdbc.execute("CHECKPOINT");
    }

    private static void add(JdbcTemplate jdbc, int from, int to, boolean processed) {
        jdbc.update("""
                INSERT INTO amocrm_webhook_events (ts, event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id, account,
                                                   processed, outcome, processed_at)
                SELECT now() - interval '90 days' * (1 - n / (?::float8 + 1)), 'lead.update', 'lead', (n % 1000003 + 1000)::text,
                       encode(sha256((random()::text || n)::bytea), 'hex'),
                       jsonb_build_object('id', n::text, 'name', 'Станок', 'status_id', '142', 'price', '150000', 'responsible_user_id', '504141',
                                          'last_modified', '1730000000', 'pipeline_id', '3177', 'account_id', '31000001', 'updated_at', '1730000000'),
                       31000001, 'default', ?, CASE WHEN ? THEN 'done' END, CASE WHEN ? THEN now() END
                FROM generate_series(?::bigint, ?) AS n""", to, processed, processed, processed, from, to);
    }

    /** @return the 95th percentile of the time that a claim of {@value #BATCH} events takes, in ms; none is undone */
    double claim() {
        double[] times = new double[CLAIMS];
        for (int run = -5; run < CLAIMS; run++) {
            long begin = System.nanoTime();
            int claimed = jdbc.queryForList("SELECT * FROM claim_webhook_events('default', ?, interval '10 minutes')", BATCH).size();
            if (run >= 0) {
                times[run] = (System.nanoTime() - begin) / 1e6;
            }
            if (claimed != BATCH) {
                throw new AssertionError(claimed + " events claimed");
            }
        }
        Arrays.sort(times);
        return times[(int) Math.ceil(CLAIMS * 0.95) - 1];
    }

    /** @return the size of the table and of its indexes, for people */
    String size() {
        return jdbc.queryForObject("""
                SELECT pg_size_pretty(pg_table_size('amocrm_webhook_events')) || ', indexes ' || pg_size_pretty(pg_indexes_size('amocrm_webhook_events'))""",
                String.class);
    }

    @Override
    public void close() {
        pool.close();
    }
}
