package dev.amorelay.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happens to the relay's PostgreSQL. */
final class DatabaseFaults {

    private static final double LIMIT = 10;
    private static final List<String> STOPS = List.of("INT", "QUIT", "KILL");
    private static final List<String> LOCKED = List.of("leads", "amocrm_webhook_events", "outbox");
    private static final int MORE_THAN_THERE_ARE = 100;

    private DatabaseFaults() {
    }

    static void restart(Trial trial) {
        PostgresServer database = trial.stage().database();
        for (int i = 0; i < trial.faults(); i++) {
            Pause.seconds(trial.between(2, 5));
            trial.caused();
            database.stop(STOPS.get(i % STOPS.size()));
            Pause.seconds(trial.between(0, 3));
            database.start();
            Instant up = Instant.now();
            trial.recovered(up, Duration.ZERO, trial.recovery().firstAfter(up), LIMIT);
        }
    }

    static void killBackend(Trial trial) {
        for (int i = 0; i < trial.faults(); i++) {
            Pause.seconds(trial.between(3, 6));
            trial.stage().jdbc().queryForList("""
                    SELECT pid FROM pg_stat_activity WHERE application_name = 'amo-relay' ORDER BY state = 'active' DESC, random() LIMIT 1""",
                    Long.class).forEach(pid -> {
                        Instant killed = Instant.now();
                        trial.caused();
                        ChildProcess.signal(pid, "KILL");
                        trial.recovered(killed, Duration.ZERO, trial.recovery().firstAfter(killed.plusMillis(200)), LIMIT);
                    });
        }
    }

    static void exhaustPool(Trial trial) {
        for (int i = 0; i < trial.faults(); i++) {
            Pause.seconds(trial.between(3, 5));
            trial.caused();
            if (i % 2 == 0) {
                lockTables(trial);
            } else {
                takeAllConnections(trial);
            }
            Instant released = Instant.now();
            trial.recovered(released, Duration.ZERO, trial.recovery().firstAfter(released), LIMIT);
        }
    }

    /**
     * Each statement of the relay waits for a lock with its connection in hand, until none is left. A connection for each
     * table: one that held a table while it waited for the next could meet a commit that waits the other way round.
     */
    private static void lockTables(Trial trial) {
        List<Connection> locks = new ArrayList<>();
        try {
            for (String table : LOCKED) {
                Connection connection = connect(trial);
                locks.add(connection);
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
                }
            }
            Pause.seconds(trial.between(4, 7));
        } catch (SQLException e) {
            trial.problem("the tables could not be locked: " + e.getMessage());
        } finally {
            // each lock ends with its connection
            locks.forEach(DatabaseFaults::close);
        }
    }

    private static void takeAllConnections(Trial trial) {
        List<Connection> taken = new ArrayList<>();
        try {
            fill(trial, taken);
            trial.stage().jdbc().queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'amo-relay'",
                    Boolean.class);
            fill(trial, taken);
            Pause.seconds(trial.between(4, 7));
        } finally {
            taken.forEach(DatabaseFaults::close);
        }
    }

    private static void fill(Trial trial, List<Connection> taken) {
        try {
            while (taken.size() < MORE_THAN_THERE_ARE) {
                taken.add(connect(trial));
            }
        } catch (SQLException full) {
            // too many clients: that is what is wanted
            return;
        }
    }

    private static Connection connect(Trial trial) throws SQLException {
        PostgresServer database = trial.stage().database();
        return DriverManager.getConnection(database.url(), PostgresServer.USER, database.password());
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // the server has closed it already
            return;
        }
    }
}
