package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, under amoCRM's real limits. */
class TwoNodesIT {

    private static final String REAL_LIMITS = "7/1s,250/1m,7000/1h";
    private static final int EVENTS = 2000;
    private static final int WON = 3;
    private static StartedRelay one;
    private static StartedRelay two;

    @BeforeAll
    static void start() throws IOException {
        one = StartedRelay.first(REAL_LIMITS);
        two = one.further(REAL_LIMITS);
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @AfterEach
    void noWindowWasExceeded() {
        JsonNode limits = one.limits("a");
        for (JsonNode window : limits.path("windows")) {
            System.out.printf("two nodes: %d in %d ms, the fullest was %d%n", window.path("limit").asLong(),
                    window.path("span_ms").asLong(), window.path("fullest").asLong());
            assertThat(window.path("fullest").asLong()).isLessThanOrEqualTo(window.path("limit").asLong());
        }
        assertThat(limits.path("refused").asLong()).isZero();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(240)).pollInterval(Duration.ofMillis(100));
    }

    private static long count(String sql, Object... values) {
        return one.jdbc().queryForObject("SELECT count(*) " + sql, Long.class, values);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<T> answers = new ArrayList<>();
        try {
            for (Future<T> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
        } finally {
            callers.shutdown();
        }
        return answers;
    }

    private static StartedRelay node(int number) {
        return number % 2 == 0 ? one : two;
    }

    private static String somePhone() {
        return "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999);
    }

    @Test
    void eachEventOfABurstIsWorkedOnOnceByOneOfTheNodes() throws Exception {
        long first = one.seed("a", EVENTS, WON);
        List<Callable<Void>> hooks = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            int number = i;
            hooks.add(() -> {
                node(number).hook("", first + number, "31000001");
                return null;
            });
        }
        long begin = System.nanoTime();
        atOnce(hooks);
        soon().until(() -> count("FROM amocrm_webhook_events WHERE processed AND amocrm_entity_id::bigint BETWEEN ? AND ?",
                first, first + EVENTS - 1) == EVENTS);
        System.out.printf("two nodes: %d events in sync after %.1f s, %d CRM calls%n", EVENTS, (System.nanoTime() - begin) / 1e9, one.calls("a"));

        assertThat(count("FROM amocrm_deals WHERE amocrm_deal_id::bigint BETWEEN ? AND ? AND NOT deleted", first, first + EVENTS - 1))
                .isEqualTo(EVENTS);
        assertThat(one.jdbc().queryForList("SELECT DISTINCT attempts FROM amocrm_webhook_events"
                + " WHERE event_type = 'lead.update' AND amocrm_entity_id::bigint BETWEEN ? AND ?", Integer.class, first, first + EVENTS - 1))
                .containsExactly(1);
        soon().until(() -> count("FROM outbox WHERE status = 'done' AND kind = 'crm.task'") == WON);
        assertThat(one.jdbc().queryForList("SELECT attempts FROM outbox WHERE kind = 'machine.register' AND subject_id::bigint"
                + " BETWEEN ? AND ?", Integer.class, first, first + WON - 1)).hasSize(WON).containsOnly(1);
        assertThat(count("FROM sandbox.documents WHERE kind = 'task' AND (doc ->> 'entity_id')::bigint BETWEEN ? AND ?",
                first, first + WON - 1)).as("the manager is asked once for each").isEqualTo(WON);
    }

    @Test
    void twentyLeadsFromOneNewPhoneAtBothNodesMakeOneContact() throws Exception {
        String phone = somePhone();
        List<Callable<String>> posts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            posts.add(() -> node(number).ingest("site", "Двадцать " + number, phone));
        }

        atOnce(posts);

        soon().until(() -> count("FROM leads WHERE phone_e164 = ? AND status = 'sent'", phone) == 20);
        assertThat(count("FROM sandbox.documents WHERE kind = 'contact' AND search LIKE '%' || ? || '%'", phone.substring(2))).isEqualTo(1);
        assertThat(one.jdbc().queryForList("SELECT DISTINCT amo_contact_id FROM leads WHERE phone_e164 = ?", Long.class, phone)).hasSize(1);
        assertThat(count("FROM sandbox.documents WHERE kind = 'lead' AND id IN (SELECT amo_lead_id FROM leads WHERE phone_e164 = ?)", phone))
                .isEqualTo(20);
    }

    @Test
    void aWonDealToldToBothNodesIsOneMachineAndOneMessage() throws Exception {
        String serial = "SN-" + UUID.randomUUID();
        long person = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
        String lead = one.ingest("site", "Покупатель", somePhone());
        soon().until(() -> count("FROM leads WHERE id = ?::uuid AND status = 'sent'", lead) == 1);
        long deal = one.jdbc().queryForObject("SELECT amo_lead_id FROM leads WHERE id = ?::uuid", Long.class, lead);

        one.json("POST", "/sandbox/api/leads/" + deal + "/win",
                "{\"serial\":\"" + serial + "\",\"model\":\"ЧПУ 2\",\"telegram_id\":\"" + person + "\"}");
        atOnce(List.of(() -> tell(one, deal, 1), () -> tell(two, deal, 2), () -> tell(one, deal, 3), () -> tell(two, deal, 4)));

        soon().until(() -> count("FROM machine_instances WHERE serial_number = ?", serial) == 1);
        soon().until(() -> count("FROM outbox WHERE kind = 'telegram.machine-registered' AND subject_id = ? AND status = 'done'", serial) == 1);
        soon().until(() -> count("FROM amocrm_webhook_events WHERE NOT processed AND outcome IS NULL") == 0
                && count("FROM outbox WHERE status IN ('pending', 'failed')") == 0);
        assertThat(count("FROM machine_instances WHERE amocrm_deal_id = ?", String.valueOf(deal))).isEqualTo(1);
        assertThat(count("FROM sandbox.chat_messages WHERE chat_id::text = ?", String.valueOf(person))).isEqualTo(1);
    }

    private static Void tell(StartedRelay node, long deal, int number) {
        node.send("POST", "/webhook/amocrm", "application/x-www-form-urlencoded", "leads[status][0][id]=" + deal
                + "&leads[status][0][status_id]=142&leads[status][0][old_status_id]=" + number + "&account[id]=31000001");
        return null;
    }
}
