package dev.amorelay.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One question for all workers of a table, in place of one each: which queues have rows that are due. Some thirty workers that look
 * five times a second cost an idle relay more than all else it does.
 */
final class DueQueues {

    private final WorkTable<?> table;
    private final Set<WorkQueue> queues = ConcurrentHashMap.newKeySet();
    private Set<WorkQueue> asked = Set.of();
    private Set<WorkQueue> due = Set.of();
    private RuntimeException failure;
    private long askedAt;

    DueQueues(WorkTable<?> table) {
        this.table = table;
    }

    /**
     * Tells whether a queue has rows that are due.
     *
     * @param queue which
     * @param oldest how old the answer may be
     * @throws RuntimeException when the table cannot be asked; told to all who wait, not tried by each
     */
    synchronized boolean contains(WorkQueue queue, Duration oldest) {
        queues.add(queue);
        if (!asked.contains(queue) || System.nanoTime() - askedAt > oldest.toNanos()) {
            ask();
        }
        if (failure != null) {
            throw failure;
        }
        return due.contains(queue);
    }

    private void ask() {
        asked = Set.copyOf(queues);
        failure = null;
        askedAt = System.nanoTime();
        try {
            due = table.due(asked);
        } catch (RuntimeException e) {
            failure = e;
            askedAt = System.nanoTime();
        }
    }
}
