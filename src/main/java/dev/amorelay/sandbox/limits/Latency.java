package dev.amorelay.sandbox.limits;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long an answer takes beside the work. */
public final class Latency {

    private volatile Duration fixed;
    private volatile Duration jitter;

    /**
     * A latency.
     *
     * @param fixed always
     * @param jitter up to so much more, evenly spread
     */
    public Latency(Duration fixed, Duration jitter) {
        this.fixed = fixed;
        this.jitter = jitter;
    }

    /** @return how long this answer is to take */
    public Duration next() {
        long spread = jitter.toNanos();
        return spread <= 0 ? fixed : fixed.plusNanos(ThreadLocalRandom.current().nextLong(spread + 1));
    }

    /** Changes the fixed part. */
    public void setFixed(Duration length) {
        fixed = length;
    }

    /** Changes the other part. */
    public void setJitter(Duration length) {
        jitter = length;
    }

    /** @return the fixed part */
    public Duration fixed() {
        return fixed;
    }

    /** @return the most that comes on top */
    public Duration jitter() {
        return jitter;
    }
}
