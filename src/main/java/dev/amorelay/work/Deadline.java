package dev.amorelay.work;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that made it when its time is over and {@link #end()} was not called before. For what runs without waiting for
 * anybody and would notice nothing but an interrupt.
 */
public final class Deadline {

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Thread thread = Thread.currentThread();
    private final ScheduledFuture<?> strike;
    private boolean over;
    private boolean struck;

    /** @param time from now on */
    public Deadline(Duration time) {
        strike = CLOCK.schedule(this::strike, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "deadlines");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    private synchronized void strike() {
        if (!over) {
            struck = true;
            thread.interrupt();
        }
    }

    /**
     * Whatever was to be done is done, or was given up; the thread is interrupted no more.
     *
     * @return whether the time was over before
     */
    public synchronized boolean end() {
        over = true;
        strike.cancel(false);
        if (struck) {
            Thread.interrupted();
        }
        return struck;
    }
}
