package dev.amorelay.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
    /** Held while the table is asked, too. */
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Set<WorkQueue> asked = Set.of();
    private Set<WorkQueue> due = Set.of();
    private @Nullable RuntimeException failure;
    private long askedAt;
    /** Answers so far. */
    private long answers;
    private volatile boolean changed = true;
    private final AtomicReference<@Nullable Throwable> told = new AtomicReference<>();

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
            long end = System.nanoTime() + seldom;
            lock.lockInterruptibly();
            try {
                queues.add(queue);
                while (true) {
                    if (!asked.contains(queue) || untilAsked() <= 0) {
                        ask();
                    }
                    if (seen != answers && isWorthALook()) {
                        return true;
                    }
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    news.awaitNanos(Math.min(untilAsked(), left));
                }
            } finally {
                // whoever was woken to ask and goes without having asked leaves that to another
                if (changed) {
                    news.signal();
                }
                lock.unlock();
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

    /**
     * Something was committed that may be work: the next answer does not wait for its second. Whoever has committed stands at a door and
     * waits for nobody here: where somebody asks just now, he sees when he is done that there is more.
     */
    void askSoon() {
        if (!changed) {
            changed = true;
            if (lock.tryLock()) {
                try {
                    news.signal();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /**
     * Whether nobody was told of a failure yet: the table's own is met by all its workers, and one line in the log is enough.
     *
     * @param thrown what a worker has met
     */
    boolean isNews(Throwable thrown) {
        return told.getAndSet(thrown) != thrown;
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
            news.signalAll();
        }
    }
}
