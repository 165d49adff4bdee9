package dev.amorelay.work;

import dev.amorelay.logging.Masking;
import io.micrometer.core.instrument.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Nothing is set aside in silence: one masked line in the log, and the counter {@code relay_dead_letters_total{kind, reason}}, whose
 * reason is {@code refused} by the other side or {@code failed} so often that it is given up.
 */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private DeadLetters() {
    }

    /**
     * Tells of a row that was set aside; where a transaction is open, once it is committed.
     *
     * @param row the row
     * @param kind of work: an effect's kind, or {@code inbox}
     * @param reason why
     */
    public static void tell(Claimed row, String kind, String reason) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tellNow(row, kind, reason);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tellNow(row, kind, reason);
            }
        });
    }

    private static void tellNow(Claimed row, String kind, String reason) {
        boolean failed = row.failures() + 1 >= FailurePolicy.MOST_FAILURES;
        Metrics.counter("relay.dead.letters", "kind", kind, "reason", failed ? "failed" : "refused").increment();
        LOG.error("{} is set aside as dead: {}", row.label(), Masking.mask(reason));
    }
}
