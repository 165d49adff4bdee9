package dev.amorelay.chaos;

import java.net.http.HttpResponse;
import java.time.Duration;

/** What the senders were answered, and how fast. */
final class Answers {

    private long taken;
    private long unavailable;
    private long broken;
    private long slowestUnavailable;

    /**
     * Counts an answer.
     *
     * @param answer null where none came
     */
    synchronized void count(HttpResponse<String> answer, Throwable failure, Duration after) {
        if (failure != null) {
            broken++;
        } else if (answer.statusCode() / 100 == 2) {
            taken++;
        } else if (answer.statusCode() == 503) {
            unavailable++;
            slowestUnavailable = Math.max(slowestUnavailable, after.toMillis());
        }
    }

    @Override
    public synchronized String toString() {
        return "%d answers 2xx, %d answers 503 (the slowest after %d ms), %d without an answer"
                .formatted(taken, unavailable, slowestUnavailable, broken);
    }
}
