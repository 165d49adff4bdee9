package dev.amorelay.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential waiting with jitter, so that what failed together does not come back together. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Backoff() {
    }

    /**
     * The time before the next attempt.
     *
     * @param attempts attempts so far, from 1
     * @return between half and one and a half times 1 s, 2 s, 4 s, …, at most 5 minutes
     */
    public static Duration after(int attempts) {
        long base = FIRST.toMillis() << Math.min(Math.max(attempts, 1) - 1, 20);
        long capped = Math.min(base, LONGEST.toMillis());
        return Duration.ofMillis(capped / 2 + ThreadLocalRandom.current().nextLong(capped + 1));
    }
}
