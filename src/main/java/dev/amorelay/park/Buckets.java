package dev.amorelay.park;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what everybody does, on this node: each has so many a minute, all at once or one after another. Of those that were
 * not seen for the longest time it forgets, so that a flood of strangers costs no memory.
 *
 * @param <K> who is counted
 */
final class Buckets<K> {

    static final int MOST_KEYS = 10_000;
    private static final double MINUTE = 60_000;

    private final int perMinute;
    private final Clock clock;
    private final Map<K, Bucket> byKey = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > MOST_KEYS;
        }
    };

    private record Bucket(double left, Instant at) {
    }

    Buckets(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * Takes one.
     *
     * @param key who
     * @return empty when there was one; else how long until there is
     */
    synchronized Optional<Duration> take(K key) {
        Instant now = clock.instant();
        Bucket before = byKey.getOrDefault(key, new Bucket(perMinute, now));
        long passed = Math.max(0, Duration.between(before.at(), now).toMillis());
        double left = Math.min(perMinute, before.left() + passed / MINUTE * perMinute);
        boolean taken = left >= 1;
        byKey.put(key, new Bucket(taken ? left - 1 : left, now));
        return taken ? Optional.empty() : Optional.of(Duration.ofMillis((long) Math.ceil((1 - left) * MINUTE / perMinute)));
    }
}
