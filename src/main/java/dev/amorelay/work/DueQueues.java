package dev.amorelay.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question for all workers of a table, in place of one each: which queues have rows that are due. It is asked soon after this
 * process has committed something, and once a second or so otherwise, for what other nodes store and what falls due by itself. Some
 * thirty workers that look five times a second cost an idle relay more than all else it does.
 */
final class DueQueues {

    /** So many times as long as after a commit one waits for the next question where nothing was committed. */
    private static final int WHILE_NOTHING_CHANGES = 10;

    private final WorkTable<?> table;
    private final Set<WorkQueue> queues = ConcurrentHashMap.newKeySet();
    private Set<WorkQueue> asked = Set.of();
    private Set<WorkQueue> due = Set.of();
    private @Nullable RuntimeException failure;
    private long askedAt;
    /** Answers so far. */
    private long answers;
    private volatile boolean changed = true;

    DueQueues(WorkTable<?> table) {
        this.table = table;
    }

    /** One worker's view of its queue. */
    final class Look {

        private final WorkQueue queue;
        private final long often;
        private final long seldom;
        private long seen;

        private Look(WorkQueue queue, Duration often, Duration seldom) {
            this.queue = queue;
            this.often = often.toNanos();
            this.seldom = seldom.toNanos();
        }

        /**
         * Waits until an answer that this worker has not acted upon says that its queue has rows that are due, but no
         * longer than the table is asked at least.
         *
         * @return whether it says so; false when the time is over
         * @throws RuntimeException when the table cannot be asked; told to all who wait, not tried by each
         */
        boolean await() throws InterruptedException {
            synchronized (DueQueues.this) {
                queues.add(queue);
                long end = System.nanoTime() + seldom;
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
            return askedAt + (changed ? often : Math.max(often, seldom)) - System.nanoTime();
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
        return look(queue, often, often.multipliedBy(WHILE_NOTHING_CHANGES));
    }

    Look look(WorkQueue queue, Duration often, Duration seldom) {
        return new Look(queue, often, seldom);
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
