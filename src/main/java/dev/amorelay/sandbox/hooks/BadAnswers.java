package dev.amorelay.sandbox.hooks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the bad answers of each address: more than so many within two hours, the latest one among them, and amoCRM
 * switches the webhook off (facts §6.6). Used by one thread.
 */
final class BadAnswers {

    private static final Duration WINDOW = Duration.ofHours(2);

    private final int most;
    private final Map<String, Deque<Instant>> byAddress = new HashMap<>();

    /** @param most so many are let pass */
    BadAnswers(int most) {
        this.most = most;
    }

    /** @return whether this bad answer is one too many; then the count begins anew */
    boolean isTooMany(String address, Instant at) {
        Deque<Instant> bad = byAddress.computeIfAbsent(address, unknown -> new ArrayDeque<>());
        while (!bad.isEmpty() && bad.peekFirst().isBefore(at.minus(WINDOW))) {
            bad.removeFirst();
        }
        bad.addLast(at);
        boolean tooMany = bad.size() > most;
        if (tooMany) {
            bad.clear();
        }
        return tooMany;
    }
}
