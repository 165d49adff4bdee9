package dev.amorelay.flowtests;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what has to become true, looking again and again, for a limited time. */
final class Patience {

    /** How long a test waits for what it expects. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    private Patience() {
    }

    /**
     * Waits.
     *
     * @param limit how long at most
     * @param done looked at again and again; whatever it has to do between two looks, it does itself
     * @return whether it became true in time
     */
    static boolean until(Duration limit, BooleanSupplier done) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    /** Lets a time pass, as an answer that takes it. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        until(time, () -> System.nanoTime() >= end);
    }
}
