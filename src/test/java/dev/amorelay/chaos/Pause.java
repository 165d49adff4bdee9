package dev.amorelay.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting, always with an end. */
final class Pause {

    private static final Duration STEP = Duration.ofMillis(100);

    private Pause() {
    }

    /** Lets so much time pass. */
    static void of(Duration length) {
        try {
            new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run was interrupted", e);
        }
    }

    static void seconds(double seconds) {
        of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** @return whether it came true in time */
    static boolean until(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            of(STEP);
        }
        return true;
    }
}
