package dev.amorelay.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether the database was found out of reach. Then one caller at a time looks whether it is back, and all others are
 * told at once: else each would hold a thread until its time is up, and those behind them would wait in a queue for
 * longer than anybody is promised to wait.
 */
final class Outage {

    /** What fails faster costs the next caller nothing, so nobody has to be kept from trying. */
    private static final Duration SLOW = Duration.ofMillis(200);
    /** Whoever looks and never tells how it went is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final LongSupplier nanoTime;
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicLong lookedAt;

    /**
     * @param nanoTime a clock as {@link System#nanoTime()} is
     */
    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lookedAt = new AtomicLong(longAgo());
    }

    /** @return whether the caller may ask the database; one who may has to tell how it went */
    boolean mayAsk() {
        if (!away.get()) {
            return true;
        }
        long last = lookedAt.get();
        long now = nanoTime.getAsLong();
        return now - last >= PATIENCE.toNanos() && lookedAt.compareAndSet(last, now);
    }

    /** The database has answered. */
    void over() {
        away.set(false);
        lookedAt.set(longAgo());
    }

    /**
     * The database could not be reached.
     *
     * @param nanos how long that took to find out
     */
    void failed(long nanos) {
        if (nanos >= SLOW.toNanos()) {
            away.set(true);
        }
        lookedAt.set(longAgo());
    }

    private long longAgo() {
        return nanoTime.getAsLong() - PATIENCE.toNanos();
    }
}
