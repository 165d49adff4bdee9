package dev.amorelay.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Leads and hooks of honest senders, so many a second by the clock, and a look at {@code /health} five times a second. */
final class NormalTraffic implements AutoCloseable {

    private final String relay;
    private final String key;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final AtomicLong sent = new AtomicLong();
    private final Set<Long> leads = ConcurrentHashMap.newKeySet();
    private final Set<Long> hooks = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> refused = new ConcurrentHashMap<>();
    private final AtomicLong unhealthy = new AtomicLong();
    private volatile Histogram times = new ConcurrentHistogram(3);
    private volatile Histogram health = new ConcurrentHistogram(3);

    /**
     * @param port of the relay
     * @param key of its webhooks
     * @param rate requests a second
     */
    NormalTraffic(int port, String key, int rate) {
        this.relay = "http://127.0.0.1:" + port;
        this.key = key;
        clock.scheduleAtFixedRate(this::one, 0, 1_000_000 / rate, TimeUnit.MICROSECONDS);
        clock.scheduleAtFixedRate(this::look, 0, 200, TimeUnit.MILLISECONDS);
    }

    private void one() {
        long number = sent.incrementAndGet();
        boolean lead = number % 2 == 0;
        HttpRequest request = lead
                ? post("/ingest/leads", "application/json", "{\"source\":\"site\",\"name\":\"Честный\",\"phone\":\"+7999" + String.format("%07d", number) + "\",\"message\":\"честная " + number + "\"}")
                : post("/webhook/amocrm/" + key, "application/x-www-form-urlencoded", "leads[update][0][id]=" + (700_000_000 + number) + "&account[id]=31000001");
        long begin = System.nanoTime();
        Histogram into = times;
        http.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            into.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
            if (failure != null || answer.statusCode() / 100 != 2) {
                refused.merge(failure == null ? String.valueOf(answer.statusCode()) : cause(failure), 1L, Long::sum);
            } else {
                (lead ? leads : hooks).add(number);
            }
        });
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    private HttpRequest post(String path, String type, String body) {
        return HttpRequest.newBuilder(URI.create(relay + path)).header("Content-Type", type).timeout(Duration.ofSeconds(20)).POST(BodyPublishers.ofString(body)).build();
    }

    private void look() {
        long begin = System.nanoTime();
        Histogram into = health;
        try {
            if (http.send(HttpRequest.newBuilder(URI.create(relay + "/health")).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString()).statusCode() != 200) {
                unhealthy.incrementAndGet();
            }
        } catch (IOException e) {
            unhealthy.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        into.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
    }

    /**
     * What honest senders met.
     *
     * @param requests answered
     * @param p50 median in ms
     * @param p99 in ms
     * @param refused answers that were no 2xx, or none, by status or failure
     * @param healthMax of {@code /health}, in ms
     * @param unhealthy answers of it that were no 200
     */
    record Met(long requests, double p50, double p99, Map<String, Long> refused, double healthMax, long unhealthy) {

        @Override
        public String toString() {
            return "%d normal, p50 %.1f ms, p99 %.1f ms, %s refused, /health at most %.0f ms, %d bad".formatted(requests, p50, p99, refused.isEmpty() ? "none" : refused, healthMax, unhealthy);
        }
    }

    /** What was met since it was asked last. */
    Met met() {
        Histogram requests = times;
        Histogram looks = health;
        times = new ConcurrentHistogram(3);
        health = new ConcurrentHistogram(3);
        return new Met(requests.getTotalCount(), requests.getValueAtPercentile(50) / 1e3, requests.getValueAtPercentile(99) / 1e3,
                refusedSince(), looks.getMaxValue() / 1e3, unhealthy.getAndSet(0));
    }

    private Map<String, Long> refusedSince() {
        Map<String, Long> since = new TreeMap<>(refused);
        since.forEach((why, count) -> refused.computeIfPresent(why, (same, all) -> all > count ? Long.valueOf(all - count) : null));
        return since;
    }

    /** @return the numbers of leads that were answered with 2xx */
    Set<Long> acknowledgedLeads() {
        return leads;
    }

    /** @return the numbers of hooks that were answered with 2xx */
    Set<Long> acknowledgedHooks() {
        return hooks;
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(30, TimeUnit.SECONDS);
    }
}
