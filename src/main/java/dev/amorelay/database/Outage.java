package dev.amorelay.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the database was found out of reach. Then one caller at a time looks whether it is back, and all others are
 * told at once: else each would hold a thread until its time is up, and those behind them would wait in a queue for
 * longer than anybody is promised to wait.
 */
final class Outage {

    /** What fails faster costs the next caller nothing, so nobody has to be kept from trying. */
    private static final Duration SLOW = Duration.ofMillis(200);

    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();

    /** @return whether the caller may ask the database; one who may has to tell how it went */
    boolean mayAsk() {
        return !away.get() || asked.compareAndSet(false, true);
    }

    /** The database has answered. */
    void over() {
        away.set(false);
        asked.set(false);
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
        asked.set(false);
    }
}
