package dev.amorelay.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question for all workers of a table, in place of one each: which queues have rows that are due. It is asked soon after this
 * process has committed something, and once a second otherwise, for what other nodes store and what falls due by itself. Some
 * thirty workers that look five times a second cost an idle relay more than all else it does.
 */
final class DueQueues {

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(1);

    private final WorkTable<?> table;
    private final long atLeastEvery;
    private final Set<WorkQueue> queues = ConcurrentHashMap.newKeySet();
    private Set<WorkQueue> asked = Set.of();
    private Set<WorkQueue> due = Set.of();
    private @Nullable RuntimeException failure;
    private long askedAt;
    /** Answers so far. */
    private long answers;
    private volatile boolean changed = true;

    DueQueues(WorkTable<?> table) {
        this(table, AT_LEAST_EVERY);
    }

    DueQueues(WorkTable<?> table, Duration atLeastEvery) {
        this.table = table;
        this.atLeastEvery = atLeastEvery.toNanos();
    }

    /** One worker's view of its queue. */
    final class Look {

        private final WorkQueue queue;
        private final long often;
        private long seen;

        private Look(WorkQueue queue, Duration often) {
            this.queue = queue;
            this.often = often.toNanos();
        }

        /**
         * Waits until an answer that this worker has not acted upon says that its queue has rows that are due; a second at most.
         *
         * @return whether it says so; false when the time is over
         * @throws RuntimeException when the table cannot be asked; told to all who wait, not tried by each
         */
        boolean await() throws InterruptedException {
            synchronized (DueQueues.this) {
                queues.add(queue);
                long end = System.nanoTime() + atLeastEvery;
                try {
                    while (true) {
                        if (!asked.contains(queue) || untilAsked() <= 0) {
                            ask();
                        }
                        if (seen != answers && isWorthALook()) {
                            return true;
                        }
                        long pause = Math.min(untilAsked(), end - System.nanoTime());
                        if (end - System.nanoTime() <= 0) {
                            return false;
                        }
                        TimeUnit.NANOSECONDS.timedWait(DueQueues.this, Math.max(pause, TimeUnit.MILLISECONDS.toNanos(1)));
                    }
                } finally {
                    // whoever was woken to ask and goes without having asked leaves that to another
                    if (changed) {
                        DueQueues.this.notify();
                    }
                }
            }
        }

        private long untilAsked() {
            return askedAt + (changed ? often : Math.max(often, atLeastEvery)) - System.nanoTime();
        }

        private boolean isWorthALook() {
            seen = answers;
            if (failure != null) {
                throw failure;
            }
            return due.contains(queue);
        }
    }

    /**
     * @param queue which
     * @param often how often the table may be asked for it
     */
    Look look(WorkQueue queue, Duration often) {
        return new Look(queue, often);
    }

    /** Something was committed that may be work: the next answer does not wait for its second. */
    void askSoon() {
        // under load it is set for most of the time, and whoever commits need not wait here
        if (!changed) {
            synchronized (this) {
                changed = true;
                notify();
            }
        }
    }

    private void ask() {
        asked = Set.copyOf(queues);
        failure = null;
        // what is committed while it is asked may be missing in the answer
        changed = false;
        try {
            due = table.due(asked);
        } catch (RuntimeException e) {
            failure = e;
        }
        askedAt = System.nanoTime();
        answers++;
        if (failure != null || !due.isEmpty()) {
            notifyAll();
        }
    }
}
