package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 90 leads, each created by a call of its own; every tenth create loses its answer after the work was done, and others
 * are answered 500 or 429: all of them in the CRM, each once, with its notes once.
 */
class LostAnswersIT {

    private static final int LEADS = 90;
    private static final int PEOPLE = 40;

    private final String mark = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource({"712641,by the marker field", "'',by name and price and contact"})
    void leaveNoLeadOutAndMakeNoneTwice(String markerField, String how) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("relay.amocrm.create-batch", "1", "relay.gate.look-up-after", "1s",
                "relay.amocrm.field.lead-uuid-id", markerField));
        try (StartedRelay relay = StartedRelay.first("1000/1s,60000/1m", settings)) {
            // people whom the relay knows: their leads go one by one, strangers' leads in rounds
            post(relay, "Знакомый", PEOPLE);
            awaitDone(relay, 2L * PEOPLE);
            relay.fault("a", """
                    [{"fault":"drop_after","percent":10,"on":"POST leads","seed":11},
                     {"fault":"error500","percent":5,"on":"POST leads","seed":12},
                     {"fault":"error429","percent":5,"on":"POST leads","seed":13,"retry_after":1},
                     {"fault":"drop_after","count":3,"on":"POST leads/notes"}]""");

            post(relay, "Сбой", LEADS);
            awaitDone(relay, 2L * (PEOPLE + LEADS));

            Map<String, JsonNode> faults = new HashMap<>();
            relay.json("GET", "/sandbox/api/faults", "").path("faults")
                    .forEach(fault -> faults.put(fault.path("fault").asText() + " " + fault.path("on").asText(), fault));
            assertThat(faults.get("drop_after POST leads").path("seen").asLong()).as("each lead by a call of its own").isGreaterThanOrEqualTo(LEADS);
            assertThat(hits(faults, "drop_after POST leads")).as("lost answers").isBetween(3L, 25L);
            assertThat(hits(faults, "error500 POST leads")).isBetween(1L, 15L);
            assertThat(hits(faults, "error429 POST leads")).isBetween(1L, 15L);
            assertThat(hits(faults, "drop_after POST leads/notes")).isEqualTo(3);
            assertThat(count(relay, "sandbox.documents WHERE kind = 'lead' AND doc ->> 'name' LIKE ?")).isEqualTo(PEOPLE + LEADS);
            String notes = "sandbox.documents WHERE kind = 'note' AND doc #>> '{params,text}' LIKE ? AND doc #>> '{params,text}' ";
            assertThat(count(relay, notes + "NOT LIKE '%Контакт уже есть%'")).isEqualTo(PEOPLE + LEADS);
            assertThat(count(relay, notes + "LIKE '%Контакт уже есть%'")).as("of a known contact's other name").isEqualTo(LEADS);
            assertThat(relay.jdbc().queryForObject("SELECT count(DISTINCT doc ->> 'entity_id') FROM sandbox.documents"
                    + " WHERE kind = 'note' AND doc #>> '{params,text}' LIKE ?", Long.class, "%" + mark + "%")).isEqualTo(PEOPLE + LEADS);
            assertThat(relay.jdbc().queryForObject("SELECT count(DISTINCT amo_lead_id) FROM leads WHERE name LIKE ?", Long.class,
                    "%" + mark + "%")).isEqualTo(PEOPLE + LEADS);
            System.out.printf("lost answers, found %s: %d of %d creates%n", how, hits(faults, "drop_after POST leads"),
                    faults.get("drop_after POST leads").path("seen").asLong());
        }
    }

    private void awaitDone(StartedRelay relay, long effects) {
        Awaitility.await().atMost(Duration.ofMinutes(15)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(count(relay,
                "outbox o JOIN leads l ON l.id::text = o.subject_id WHERE l.name LIKE ? AND o.kind LIKE 'crm.%' AND o.status = 'done'"))
                .isEqualTo(effects));
    }

    private static long hits(Map<String, JsonNode> faults, String fault) {
        return faults.get(fault).path("hits").asLong();
    }

    private long count(StartedRelay relay, String from) {
        return relay.jdbc().queryForObject("SELECT count(*) FROM " + from, Long.class, "%" + mark + "%");
    }

    private void post(StartedRelay relay, String name, int leads) throws Exception {
        List<Callable<String>> posts = new ArrayList<>();
        for (int i = 0; i < leads; i++) {
            int number = i;
            posts.add(() -> relay.ingest("site", name + " " + mark + " " + number, "+7999555" + (1000 + number % PEOPLE)));
        }
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            for (Future<String> id : callers.invokeAll(posts)) {
                id.get();
            }
        } finally {
            callers.shutdown();
        }
    }
}
