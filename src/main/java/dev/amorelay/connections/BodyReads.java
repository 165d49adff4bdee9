package dev.amorelay.connections;

import dev.amorelay.settings.DoorSettings;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The bodies that threads are waiting for. However many come slowly, there are threads for others: where too many wait, the slowest
 * one of the address that has most of them is ended for the newest.
 */
final class BodyReads {

    private static final long SECOND = 1_000_000_000L;
    /** Whoever has only begun is not slow yet. */
    private static final long NEW = SECOND / 10;

    /** Of those that may wait, so many times as many while most have only begun; the doors have threads for three times as many. */
    private static final int MOST_NEW = 2;

    private final DoorSettings settings;
    private final int most;
    private final Set<TimedBody> waiting = ConcurrentHashMap.newKeySet();

    /**
     * @param settings how slow a body may be
     * @param most threads that may wait for bodies at once
     */
    BodyReads(DoorSettings settings, int most) {
        this.settings = settings;
        this.most = most;
    }

    /**
     * A thread is about to wait for a body.
     *
     * @return false where none may wait any more: twice as many as may wait have only begun
     */
    boolean begin(TimedBody body, long now) {
        while (waiting.size() >= most && giveWay(now)) {
            // until there is a place, or nobody is slow yet: an honest body is here in a moment
        }
        if (waiting.size() >= MOST_NEW * most) {
            return false;
        }
        waiting.add(body);
        return true;
    }

    /** It waits no more. */
    void end(TimedBody body) {
        waiting.remove(body);
    }

    /** @return how many threads wait for bodies */
    int size() {
        return waiting.size();
    }

    private boolean giveWay(long now) {
        Map<String, Long> byAddress = waiting.stream().collect(Collectors.groupingBy(TimedBody::address, Collectors.counting()));
        return waiting.stream().filter(body -> now - body.begun() > NEW)
                .max(Comparator.comparing((Function<TimedBody, Long>) body -> byAddress.getOrDefault(body.address(), 0L))
                        .thenComparing(body -> -body.received() / Math.max(1, (now - body.begun()) / NEW)))
                .map(slowest -> {
                    waiting.remove(slowest);
                    slowest.giveUp();
                    return true;
                }).orElse(false);
    }

    /** Ends those that are too slow. */
    void endSlow(long now) {
        waiting.forEach(body -> {
            if (body.isTooSlow(now)) {
                body.giveUp();
            }
        });
    }

    /**
     * Whether a body that comes like this is waited for any longer.
     *
     * @param received bytes that have come
     * @param nanos since it began to come
     */
    boolean isTooSlow(long received, long nanos) {
        long afterGrace = nanos - settings.bodyGrace().toNanos();
        return nanos > settings.bodyDeadline().toNanos()
                || afterGrace > 0 && received < settings.bodyRate().toBytes() * afterGrace / SECOND;
    }
}
