package dev.amorelay.sandbox.crm;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many calls of each kind came, since the start or the last reset. */
public final class CallCounts {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts one call. */
    void count(CallKind kind) {
        counts.computeIfAbsent(kind.toString(), unseen -> new LongAdder()).increment();
    }

    /** @return calls by kind, for example {@code "GET /api/v4/leads/{id}" → 3} */
    public Map<String, Long> byKind() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((kind, count) -> sums.put(kind, count.sum()));
        return sums;
    }

    /** @return calls of all kinds */
    public long sum() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Begins from nothing. */
    public void reset() {
        counts.clear();
    }
}
