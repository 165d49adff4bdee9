package dev.amorelay.park;

import java.time.Duration;

/** More requests than anybody makes by hand: 429 with Retry-After. */
public class TooOften extends ParkRefusal {

    private final Duration retryAfter;

    /**
     * @param retryAfter how long to wait
     */
    public TooOften(Duration retryAfter) {
        super(429, "Слишком много запросов", "Слишком много запросов подряд. Подождите немного и повторите.", "too many requests");
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
