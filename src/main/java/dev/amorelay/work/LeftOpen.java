package dev.amorelay.work;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Settles the rows that a flow has not settled by itself: done when it ended well, by what its failure means when it did not. */
final class LeftOpen<T extends Claimed> {

    private final WorkTable<T> table;
    private final FailurePolicy failures;
    private final BiConsumer<String, Exception> unsettled;

    /** @param unsettled is told of rows that cannot be settled; they come back when their lease ends */
    LeftOpen(WorkTable<T> table, FailurePolicy failures, BiConsumer<String, Exception> unsettled) {
        this.table = table;
        this.failures = failures;
        this.unsettled = unsettled;
    }

    /**
     * Settles rows, together where the database itself has gone and none of them is to blame.
     *
     * @param rows claimed rows that nobody has settled
     * @param failure what the flow ended with; null for a good end
     */
    void settle(List<T> rows, @Nullable Exception failure) {
        if (PatientSettlement.isDatabaseGone(failure)) {
            settle(rows.size() == 1 ? rows.get(0).label() : rows.size() + " rows", () -> failures.settle(rows, failure));
        } else {
            rows.forEach(row -> settle(row.label(), () -> settle(row, failure)));
        }
    }

    private void settle(T row, @Nullable Exception failure) {
        if (failure == null) {
            PatientSettlement.run(() -> table.done(row));
        } else {
            failures.settle(row, failure);
        }
    }

    private void settle(String what, Runnable settlement) {
        try {
            settlement.run();
        } catch (Exception e) {
            unsettled.accept("could not settle " + what, e);
        }
    }
}
