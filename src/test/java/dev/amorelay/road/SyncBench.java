package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A burst of 10,000 webhook events about 10,000 leads, under amoCRM's real limits, until all deals are in sync.
 * Not a test: {@code bench/sync} runs it and prints its line.
 */
class SyncBench extends RunningRelay {

    private static final int EVENTS = Integer.getInteger("bench.events", 10_000);

    @DynamicPropertySource
    static void realLimits(DynamicPropertyRegistry registry) {
        registry.add("relay.amocrm.rate-limits", () -> "7/1s,250/1m,7000/1h");
    }

    @Test
    void tenThousandEvents() throws Exception {
        JsonNode seeded = Json.read(postJson("/sandbox/api/seed", "{\"leads\":" + EVENTS + ",\"contacts\":" + EVENTS + ",\"won\":0}").body());
        long first = seeded.path("leads").path("from").asLong();
        send(HttpRequest.newBuilder(URI.create(url("/sandbox/api/limits"))).DELETE().build());

        long begin = System.nanoTime();
        ExecutorService senders = Executors.newFixedThreadPool(32);
        for (int i = 0; i < EVENTS; i++) {
            long lead = first + i;
            senders.execute(() -> postForm("/webhook/amocrm", "leads[update][0][id]=" + lead + "&leads[update][0][updated_at]="
                    + 1900000000L + "&account[id]=31000001&account[subdomain]=sandbox"));
        }
        senders.shutdown();
        assertThat(senders.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        double stored = (System.nanoTime() - begin) / 1e9;
        soon().atMost(Duration.ofMinutes(5)).until(() -> jdbc.queryForObject(
                "SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id::bigint BETWEEN ? AND ?", Long.class, first, first + EVENTS - 1) == EVENTS);
        double synced = (System.nanoTime() - begin) / 1e9;

        long calls = StreamSupport.stream(Json.read(get("/sandbox/api/calls").body()).spliterator(), false).mapToLong(JsonNode::asLong).sum();
        JsonNode limits = Json.read(get("/sandbox/api/limits").body());
        System.out.printf("sync: %d events stored in %.1f s (%.0f/s), all deals in sync after %.1f s, %d CRM calls%n",
                EVENTS, stored, EVENTS / stored, synced, calls);
        System.out.println("limits: " + limits);
    }
}
