package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.bench.Poster;
import dev.amorelay.bench.StoredEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A burst of 10,000 webhook events about 10,000 leads, under amoCRM's real limits, until all deals are in sync; with
 * {@code bench.nodes} the hooks go to so many nodes on one database in turn, with {@code bench.stored} beside so many events.
 * Not a test: {@code bench/sync} runs it and prints its line.
 */
class SyncBench {

    private static final int EVENTS = Integer.getInteger("bench.events", 10_000);
    private static final int NODES = Integer.getInteger("bench.nodes", 1);
    private static final int STORED = Integer.getInteger("bench.stored", 0);
    private static final int SENDERS = 32;
    private static final String LIMITS = System.getProperty("bench.rate-limits", "7/1s,250/1m,7000/1h");

    private final List<StartedRelay> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        // the first one last: it has the database
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).close();
        }
    }

    @Test
    void tenThousandEvents() throws Exception {
        nodes.add(StartedRelay.first(LIMITS));
        StartedRelay first = nodes.get(0);
        while (nodes.size() < NODES) {
            nodes.add(first.further(LIMITS));
        }
        StoredEvents.fill(first.jdbc(), STORED);
        long lead = first.seed("a", EVENTS, 0);
        first.json("DELETE", "/sandbox/api/limits", "");

        long begin = System.nanoTime();
        post(lead);
        double stored = (System.nanoTime() - begin) / 1e9;
        Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(100)).until(() -> first.jdbc().queryForObject(
                "SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id::bigint BETWEEN ? AND ?", Long.class, lead, lead + EVENTS - 1) == EVENTS);
        double synced = (System.nanoTime() - begin) / 1e9;

        System.out.printf("sync: %d node%s, %d events stored in %.1f s (%.0f/s), all deals in sync after %.1f s, %d CRM calls%n",
                NODES, NODES == 1 ? "" : "s", EVENTS, stored, EVENTS / stored, synced, first.calls("a"));
        JsonNode limits = first.limits("a");
        for (JsonNode window : limits.path("windows")) {
            System.out.printf("limits: %d in %d ms, the fullest was %d%n", window.path("limit").asLong(), window.path("span_ms").asLong(),
                    window.path("fullest").asLong());
            assertThat(window.path("fullest").asLong()).isLessThanOrEqualTo(window.path("limit").asLong());
        }
        assertThat(limits.path("refused").asLong()).isZero();
        assertThat(first.jdbc().queryForObject("SELECT max(attempts) FROM amocrm_webhook_events WHERE amocrm_entity_id::bigint BETWEEN ? AND ?",
                Integer.class, lead, lead + EVENTS - 1)).as("no event is worked on twice").isEqualTo(1);
    }

    /** From {@value #SENDERS} connections, kept alive as amoCRM keeps its own. */
    private void post(long firstLead) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int port = nodes.get(i % nodes.size()).port();
            senders.add(() -> {
                try (Poster poster = new Poster(port, "/webhook/amocrm", "application/x-www-form-urlencoded")) {
                    for (int number = next.getAndIncrement(); number < EVENTS; number = next.getAndIncrement()) {
                        assertThat(poster.post("leads[update][0][id]=" + (firstLead + number)
                                + "&leads[update][0][updated_at]=1900000000&account[id]=31000001&account[subdomain]=sandbox")).isEqualTo(204);
                    }
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try {
            for (Future<Void> sender : threads.invokeAll(senders)) {
                sender.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
