package dev.amorelay.work;

import static org.apache.camel.util.ObjectHelper.getException;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Settles work as soon as the database is there again, if that is soon. A worker has nothing better to do meanwhile: what it knows of
 * its rows is lost when it gives them up, they come back by the end of their lease, and after two such ends each is tried alone.
 */
final class PatientSettlement {

    /** Longer than a restart of the database takes, and shorter than a stop of the relay waits. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private PatientSettlement() {
    }

    /**
     * Runs a statement of its own, again and again while the database is gone. The wait is the pool's: it lets a caller go
     * after a second in which it could not open a connection.
     *
     * @param settlement changes rows by their lease, so that to run it once more changes nothing
     * @throws RuntimeException what it throws itself; when the database stays away, the last failure
     */
    static void run(Runnable settlement) {
        long end = System.nanoTime() + MOST.toNanos();
        while (true) {
            try {
                settlement.run();
                return;
            } catch (RuntimeException failure) {
                // a transaction that somebody else has begun is over with its connection
                if (!isDatabaseGone(failure) || TransactionSynchronizationManager.isActualTransactionActive()
                        || System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Whether the database has gone in the midst of it, or cannot be reached. A rollback that finds its connection closed hides what
     * Spring would have said of the first failure. Errors of PostgreSQL and of its driver have a state; what has none is said by the pool.
     */
    static boolean isDatabaseGone(@Nullable Throwable failure) {
        SQLException said = failure == null ? null : getException(SQLException.class, failure);
        return said != null && (said.getSQLState() == null || said.getSQLState().startsWith("08") || said.getSQLState().startsWith("57P"));
    }
}
