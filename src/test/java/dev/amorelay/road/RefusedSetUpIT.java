package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A fault of the set-up is heard and waits; it is not booked against a lead. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedSetUpIT extends RunningRelay {

    private static final long MANAGER = 12380450;

    @AfterEach
    void allIsRightAgain() {
        gone();
        send("DELETE", "/sandbox/api/faults");
        jdbc.update("DELETE FROM amocrm_refused_values");
        jdbc.update("DELETE FROM amocrm_refused_work");
    }

    private static void gone(long... ids) {
        assertThat(postJson("/sandbox/api/gone", Json.write(Json.MAPPER.valueToTree(ids))).statusCode()).isEqualTo(200);
    }

    private static void fault(String wish) {
        assertThat(postJson("/sandbox/api/faults", wish).statusCode()).isBetween(200, 299);
    }

    private static void send(String method, String path) {
        send(HttpRequest.newBuilder(URI.create(url(path)))
                .method(method, HttpRequest.BodyPublishers.noBody()).build());
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
    }

    private static String lead(String name) {
        String digits = String.valueOf(1_000_000 + (int) (Math.random() * 8_999_999));
        return "{\"source\":\"site\",\"name\":\"" + name + "\",\"phone\":\"+7912" + digits + "\",\"meta\":{\"serial_number\":\"SN-" + digits + "\"}}";
    }

    private static HttpResponse<String> admin(String path) {
        return send(HttpRequest.newBuilder(URI.create(url(path)))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes())).build());
    }

    private JsonNode account() {
        return Json.read(admin("/api/admin/accounts").body()).path("accounts").path(0);
    }

    private String notes(JsonNode lead) {
        return StreamSupport.stream(lead.path("notes").spliterator(), false).map(note -> note.asText()).collect(Collectors.joining("\n"));
    }

    private String withNote(long deal, String text) {
        eventually().untilAsserted(() -> assertThat(notes(crmLead(deal))).contains(text));
        return notes(crmLead(deal));
    }

    @Test
    void aDismissedManagerCostsOneRefusedCallAndNoLead() {
        gone(MANAGER);

        long first = delivered(ingest(lead("Лев 14а")));

        String notes = withNote(first, "НЕ ЗАПИСАНО");
        assertThat(notes).contains("Ответственный (AMOCRM_RESPONSIBLE_USER_ID=12380450)");
        assertThat(crmLead(first).path("status_id").asLong()).isEqualTo(80953554);
        assertThat(account().path("state").asText()).isEqualTo("degraded");
        assertThat(account().path("cause").asText()).contains("AMOCRM_RESPONSIBLE_USER_ID=12380450");
        assertThat(account().path("remedy").asText()).contains("crm-setup");

        long calls = created();
        delivered(ingest(lead("Лев 14б")));
        assertThat(created() - calls).isEqualTo(1);

        assertThat(admin("/api/admin/crm-setup").body()).contains("AMOCRM_RESPONSIBLE_USER_ID=12380450: пользователь отключён");
        gone();
        assertThat(admin("/api/admin/crm-setup").body()).doesNotContain("отключён");
        assertThat(account().path("state").asText()).isEqualTo("ok");
    }

    private static long created() {
        return Json.read(get("/sandbox/api/calls").body()).path("POST /api/v4/leads").asLong();
    }

    /** Each of what we configured: gone, the lead is there all the same, and a note says what is missing. */
    @ParameterizedTest
    @CsvSource({"80953554, AMOCRM_STATUS_ID=80953554", "10226282, AMOCRM_PIPELINE_ID=10226282", "712629, Серийный номер: SN-"})
    void whatIsGoneIsLeftOutAndTold(long id, String told) {
        gone(id);

        long deal = delivered(ingest(lead("Пропажа " + id)));

        assertThat(withNote(deal, "НЕ ЗАПИСАНО")).contains(told);
        assertThat(account().path("state").asText()).isEqualTo("degraded");
    }

    @Test
    void withoutTheMarkerALeadWhoseAnswerIsLostIsStillMadeOnce() {
        gone(712641);
        delivered(ingest(lead("Без метки " + UUID.randomUUID())));
        fault("{\"fault\":\"drop_after\",\"on\":\"POST leads\",\"count\":1}");
        String name = "Без метки " + UUID.randomUUID();

        delivered(ingest(lead(name)));

        assertThat(sandbox().path("leads")).filteredOn(lead -> lead.path("name").asText().contains(name)).hasSize(1);
    }

    /** amoCRM names what the person said: that is left out, the manager reads it, the lead is there. */
    @ParameterizedTest
    @CsvSource({"name, TooLong, Название: ", "price, InvalidType, Сумма: 0", "custom_fields_values.0.values.0.value, InvalidType, Серийный номер: SN-"})
    void whatAPersonSaidWronglyIsLeftOutAndReachesTheManager(String path, String code, String told) {
        fault("{\"fault\":\"refused\",\"on\":\"POST leads\",\"count\":1,\"path\":\"" + path + "\",\"code\":\"" + code + "\"}");

        long deal = delivered(ingest(lead("Слова")));

        assertThat(withNote(deal, "НЕ ЗАПИСАНО")).contains(told);
        assertThat(account().path("state").asText()).isEqualTo("ok");
    }

    @Test
    void aRefusalThatBlamesNobodyWaitsAndResumesByItself() {
        fault("{\"fault\":\"refused\",\"on\":\"POST leads\",\"detail\":\"Код ошибки 244\"}");
        List<String> leads = IntStream.range(0, 6).mapToObj(i -> ingest(lead("Триал " + i))).toList();

        eventually().untilAsserted(() -> assertThat(account().path("state").asText()).isEqualTo("refused"));
        assertThat(account().path("cause").asText()).contains("244");
        eventually().untilAsserted(() -> assertThat(jdbc.queryForObject("""
                SELECT count(*) FROM outbox WHERE kind LIKE 'crm.lead%' AND status = 'failed' AND last_error LIKE '%244%'""", Long.class)).isEqualTo(6));
        assertThat(jdbc.queryForObject("SELECT max(attempts) FROM outbox WHERE status = 'failed' AND last_error LIKE '%244%'", Integer.class)).isZero();

        send("DELETE", "/sandbox/api/faults");

        leads.forEach(lead -> eventually().untilAsserted(() -> assertThat(outbox(lead)).filteredOn("status", "done").hasSize(3)));
        eventually().untilAsserted(() -> assertThat(account().path("state").asText()).isEqualTo("ok"));
    }

    /** What is refused while others pass is odd itself: set aside, once, and heard. */
    @Test
    void oneOddLeadAmongOthersThatPassIsSetAside(CapturedOutput log) {
        fault("{\"fault\":\"refused\",\"on\":\"POST leads\",\"detail\":\"Код ошибки 244\",\"count\":1}");
        String odd = ingest(lead("Чужак"));
        expectDead(odd);
        eventually().untilAsserted(() -> assertThat(refused(odd)).isEqualTo("failed"));
        assertThat(account().path("state").asText()).as("nobody else was tried").isEqualTo("refused");

        delivered(ingest(lead("Обычный")));
        assertThat(account().path("state").asText()).isEqualTo("ok");
        fault("{\"fault\":\"refused\",\"on\":\"POST leads\",\"detail\":\"Код ошибки 244\",\"count\":1}");

        eventually().untilAsserted(() -> assertThat(refused(odd)).isEqualTo("dead"));
        delivered(ingest(lead("Ещё один")));
        assertThat(jdbc.queryForObject("SELECT status FROM leads WHERE id = ?::uuid", String.class, odd)).isEqualTo("failed");
        assertThat(log.getAll()).containsOnlyOnce(" is set aside as dead: ").contains("244");
    }

    private String refused(String lead) {
        return jdbc.queryForObject("SELECT status FROM outbox WHERE subject_id = ? AND kind LIKE 'crm.lead%' ORDER BY id DESC LIMIT 1", String.class, lead);
    }

    /** Nobody else is there to tell whether it is the lead or the account: it waits, however long. */
    @Test
    void aLeadAloneOnAQuietAccountWaits() {
        fault("{\"fault\":\"refused\",\"on\":\"POST leads\",\"detail\":\"Код ошибки 244\",\"count\":3}");
        String alone = ingest(lead("Один"));

        eventually().untilAsserted(() -> assertThat(account().path("state").asText()).isEqualTo("refused"));
        assertThat(account().path("cause").asText()).contains("POST /api/v4/leads → 400 Код ошибки 244");
        assertThat(account().path("remedy").asText()).isNotEmpty();

        eventually().untilAsserted(() -> {
            jdbc.update("UPDATE outbox SET next_attempt_at = now() WHERE subject_id = ? AND status = 'failed'", alone);
            assertThat(outbox(alone)).filteredOn("status", "done").hasSize(3);
        });
        assertThat(account().path("state").asText()).isEqualTo("ok");
    }

    /** An engineer's flow owes a deal with ids of its own: the dismissed manager costs it nothing but the manager. */
    @Test
    void aKameletsLeadGoesInWithoutADismissedManager() throws Exception {
        gone(MANAGER);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:outbox-take?kind=test.refused-deal&perAccount=true").routeId("test.refused.deal").routeConfigurationId("effects")
                        .setBody(simple("${body.payload[deal]}")).to("kamelet:amocrm-create-leads");
            }
        });
        String name = "Коннектор " + UUID.randomUUID();
        jdbc.update("""
                INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload) VALUES ('test.refused-deal', 'default', ?, 'kamelet',
                    jsonb_build_object('deal', jsonb_build_object('request_id', ?, 'name', ?, 'responsible_user_id', CAST(? AS bigint))))""",
                name, name, name, MANAGER);
        try {
            eventually().untilAsserted(() -> assertThat(jdbc.queryForObject("SELECT status FROM outbox WHERE dedupe_key = ?", String.class, name))
                    .isEqualTo("done"));
            JsonNode deal = StreamSupport.stream(sandbox().path("leads").spliterator(), false)
                    .filter(one -> one.path("name").asText().equals(name)).findFirst().orElseThrow();
            assertThat(withNote(deal.path("id").asLong(), "НЕ ЗАПИСАНО")).contains("AMOCRM_RESPONSIBLE_USER_ID=12380450");
            assertThat(account().path("state").asText()).isEqualTo("degraded");
        } finally {
            camel.getRouteController().stopRoute("test.refused.deal");
            camel.removeRoute("test.refused.deal");
        }
    }
}
