package dev.amorelay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Takes over a database that was made before the migrations were written anew: {@code db/upgrade} has them as they were, V1 to V31, and
 * leads from any of them to what {@code db/migration} makes by V1 to V4. Their history is kept as {@code flyway_schema_history_before}, and
 * a new one begins at 4. May be interrupted anywhere: the next start goes on.
 */
final class EarlierSchema {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierSchema.class);
    private static final String FIRST_OF_BEFORE = "V1__tables.sql";
    private static final String HERE = "4";
    /** Of nodes that start at once one takes over. */
    private static final long LOCK = 4_031_001L;

    private final Configuration flyway;

    /**
     * @param flyway as the relay migrates
     */
    EarlierSchema(Configuration flyway) {
        this.flyway = flyway;
    }

    /**
     * Does nothing to an empty database, and to one of today.
     *
     * @throws SQLException where the database cannot be reached
     */
    void takeOver() throws SQLException {
        DataSource pool = flyway.getDataSource();
        try (Connection connection = pool.getConnection()) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            if (!isOfBefore(jdbc) && !isHalfTakenOver(jdbc)) {
                return;
            }
            jdbc.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                if (isOfBefore(jdbc)) {
                    LOG.info("The database is of an earlier version: its tables are brought up to date");
                    Flyway.configure().configuration(flyway).locations("classpath:db/upgrade").load().migrate();
                    putHistoryAside(connection);
                }
                if (isHalfTakenOver(jdbc)) {
                    Flyway.configure().configuration(flyway).baselineVersion(HERE).baselineDescription("taken over").load().baseline();
                }
            } finally {
                jdbc.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    private static boolean isOfBefore(JdbcTemplate jdbc) {
        return exists(jdbc, "flyway_schema_history") && Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM flyway_schema_history WHERE script = ?)", Boolean.class, FIRST_OF_BEFORE));
    }

    private static boolean isHalfTakenOver(JdbcTemplate jdbc) {
        return exists(jdbc, "flyway_schema_history_before") && !exists(jdbc, "flyway_schema_history");
    }

    private static boolean exists(JdbcTemplate jdbc, String table) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, table));
    }

    /** One statement to the server, and so one transaction. */
    private static void putHistoryAside(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN
                        ALTER INDEX flyway_schema_history_pk RENAME TO flyway_schema_history_before_pk;
                        ALTER INDEX flyway_schema_history_s_idx RENAME TO flyway_schema_history_before_s_idx;
                        ALTER TABLE flyway_schema_history RENAME TO flyway_schema_history_before;
                    END $$""");
        }
    }
}
