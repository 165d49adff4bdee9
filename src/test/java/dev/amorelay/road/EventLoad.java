package dev.amorelay.road;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Events at an even pace to account b, and as many to the default one, and how long b's take to become deals. */
final class EventLoad {

    private final StartedRelay relay;
    private final int events;
    private final int pauseMillis;

    /** @param pauseMillis between two events */
    EventLoad(StartedRelay relay, int events, int pauseMillis) {
        this.relay = relay;
        this.events = events;
        this.pauseMillis = pauseMillis;
    }

    /** What b's events took, in ms. */
    record Times(double median, double p99) {
    }

    Times run() throws Exception {
        long ours = relay.seed("b", events, 0);
        long theirs = relay.seed("a", events, 0);
        Map<Long, Long> sent = new ConcurrentHashMap<>();
        Map<Long, Long> seen = new ConcurrentHashMap<>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        ExecutorService senders = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> posts = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                int number = i;
                posts.add(clock.schedule(() -> {
                    senders.execute(() -> relay.hook("key-of-all", theirs + number, "31000001"));
                    senders.execute(() -> {
                        sent.put(ours + number, System.nanoTime());
                        relay.hook("key-of-b", ours + number, "31000002");
                    });
                }, (long) i * pauseMillis, TimeUnit.MILLISECONDS));
            }
            Awaitility.await().atMost(Duration.ofSeconds(180 + events * pauseMillis / 1000)).pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20)).until(() -> look(ours, seen) == events);
            for (Future<?> post : posts) {
                post.get();
            }
        } finally {
            clock.shutdownNow();
            senders.shutdownNow();
        }
        double[] times = seen.entrySet().stream().mapToDouble(one -> (one.getValue() - sent.get(one.getKey())) / 1e6).sorted().toArray();
        return new Times(times[times.length / 2], times[(int) Math.ceil(times.length * 0.99) - 1]);
    }

    /** Waits until nothing is left to do in either account. */
    void quiet() {
        Awaitility.await().atMost(Duration.ofSeconds(240)).until(() -> relay.jdbc().queryForObject(
                "SELECT count(*) FROM amocrm_webhook_events WHERE NOT processed AND outcome IS NULL", Long.class) == 0);
    }

    private int look(long first, Map<Long, Long> seen) {
        List<Long> deals = relay.jdbc().queryForList("SELECT amocrm_deal_id::bigint FROM amocrm_deals WHERE account_id = 31000002"
                + " AND amocrm_deal_id::bigint BETWEEN ? AND ?", Long.class, first, first + events - 1);
        long now = System.nanoTime();
        deals.forEach(deal -> seen.putIfAbsent(deal, now));
        return seen.size();
    }
}
