package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Somebody else uses the limit too: of all calls 5 % are answered 429 without {@code retry_after} and 5 % 500, and every
 * tenth create loses its answer after the work. Leads of people whom nobody knows arrive all the same, each once with its
 * note, under amoCRM's own windows.
 */
class SharedLimitIT {

    private static final int LEADS = Integer.getInteger("bench.slowed-leads", 30);
    private static final String LOOK_UP_AFTER = System.getProperty("bench.look-up-after", "2s");

    private final String mark = UUID.randomUUID().toString();

    @Test
    void costsItsShareAndNoMore() throws Exception {
        try (StartedRelay relay = StartedRelay.first("7/1s,250/1m,7000/1h", Map.of("relay.gate.look-up-after", LOOK_UP_AFTER))) {
            relay.json("DELETE", "/sandbox/api/limits?account=a", "");
            relay.json("POST", "/sandbox/api/limits?account=a", "{\"answer_429\":\"json_bare\"}");
            relay.fault("a", """
                    [{"fault":"error429","percent":5,"on":"*","seed":21},
                     {"fault":"error500","percent":5,"on":"*","seed":22},
                     {"fault":"drop_after","percent":10,"on":"POST","seed":23}]""");
            long begin = System.nanoTime();
            post(relay);
            // generous: how long it takes is bench/slowed's question
            Awaitility.await().atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofMillis(500)).until(() -> count(relay,
                    "outbox o JOIN leads l ON l.id::text = o.subject_id WHERE l.name LIKE ? AND o.kind LIKE 'crm.%' AND o.status = 'done'")
                    == 2L * LEADS);
            double seconds = (System.nanoTime() - begin) / 1e9;

            long refused = hits(relay, "error429");
            System.out.printf("slowed: %d leads in %.1f s, %d calls, of them %d answered 429, %d answered 500, %d answers lost%n", LEADS,
                    seconds, relay.calls("a"), refused, hits(relay, "error500"), hits(relay, "drop_after"));
            assertThat(refused).isPositive();
            assertThat(count(relay, "sandbox.documents WHERE kind = 'lead' AND doc ->> 'name' LIKE ?")).isEqualTo(LEADS);
            assertThat(count(relay, "sandbox.documents WHERE kind = 'contact' AND doc ->> 'name' LIKE ?")).isEqualTo(LEADS);
            assertThat(count(relay, "sandbox.documents WHERE kind = 'note' AND doc #>> '{params,text}' LIKE ?")).isEqualTo(LEADS);
            assertThat(relay.jdbc().queryForObject("SELECT count(DISTINCT doc ->> 'entity_id') FROM sandbox.documents"
                    + " WHERE kind = 'note' AND doc #>> '{params,text}' LIKE ?", Long.class, "%" + mark + "%")).isEqualTo(LEADS);
            assertThat(relay.limits("a").path("refused").asLong()).as("calls beyond a window").isZero();
            assertThat(relay.limits("a").path("windows")).allSatisfy(window ->
                    assertThat(window.path("too_early_ms").asDouble()).as("%s", window).isZero());
            assertThat(relay.jdbc().queryForObject("SELECT paused_until IS NULL FROM amocrm_accounts WHERE name = 'default'", Boolean.class))
                    .as("slowed down, never stopped").isTrue();
        }
    }

    private void post(StartedRelay relay) throws Exception {
        int from = ThreadLocalRandom.current().nextInt(1000, 9000);
        List<Callable<String>> posts = new ArrayList<>();
        for (int i = 0; i < LEADS; i++) {
            int number = i;
            posts.add(() -> relay.ingest("site", "Сосед " + mark + " " + number, "+7999" + from + String.format("%03d", number)));
        }
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            for (Future<String> id : callers.invokeAll(posts)) {
                id.get();
            }
        } finally {
            callers.shutdown();
        }
    }

    private static long hits(StartedRelay relay, String fault) {
        return StreamSupport.stream(relay.json("GET", "/sandbox/api/faults", "").path("faults").spliterator(), false)
                .filter(one -> one.path("fault").asText().equals(fault)).mapToLong(one -> one.path("hits").asLong()).sum();
    }

    private long count(StartedRelay relay, String from) {
        return relay.jdbc().queryForObject("SELECT count(*) FROM " + from, Long.class, "%" + mark + "%");
    }
}
