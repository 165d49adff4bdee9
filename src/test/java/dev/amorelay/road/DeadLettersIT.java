package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.ReflectionTestUtils;

/** Nothing is set aside or refused in silence, and what an older version buried comes back. */
@ExtendWith(OutputCaptureExtension.class)
class DeadLettersIT extends RunningRelay {

    private static String admin(HttpRequest.Builder request) {
        return send(request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes())).build()).body();
    }

    private static String health() {
        return admin(HttpRequest.newBuilder(URI.create(management("/actuator/health"))));
    }

    private static String metrics() {
        return admin(HttpRequest.newBuilder(URI.create(management("/actuator/prometheus"))));
    }

    private static JsonNode replay(String wish) {
        return Json.read(admin(HttpRequest.newBuilder(URI.create(url("/api/admin/replay"))).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish))));
    }

    @Test
    void aBurialLeavesALineACountAndAState(CapturedOutput log) {
        expectDead("burial");
        // a message to nobody
        Long id = jdbc.queryForObject("""
                INSERT INTO outbox (kind, dedupe_key, subject_id, payload)
                VALUES ('telegram.machine-registered', ?, 'burial', '{"serial": "SN-1", "machine": "16K20"}') RETURNING id""", Long.class,
                "test:" + UUID.randomUUID());

        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(
                jdbc.queryForObject("SELECT status FROM outbox WHERE id = ?", String.class, id)).isEqualTo("dead"));

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertThat(log.getAll()).contains("telegram.machine-registered " + id + " is set aside as dead: "));
        assertThat(metrics()).containsPattern("relay_dead_letters_total\\{[^}]*kind=\"telegram.machine-registered\"");
        JsonNode dead = Json.read(health()).at("/components/deadLetters");
        assertThat(dead.path("status").asText()).isEqualTo("UP");
        assertThat(dead.at("/details/effects").asLong()).isPositive();
        assertThat(dead.at("/details/since").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/api/ingest/leads, application/json, {}, leads", "/ingest/leads, application/x-www-form-urlencoded, x=, leads"})
    void aRefusedRequestIsFoundInTheLogByTheIdThatItsAnswerCarries(String path, String type, String body, String door, CapturedOutput log) {
        HttpResponse<String> answer = post(path, type, body.getBytes());

        assertThat(answer.statusCode()).isEqualTo(422);
        String instance = Json.read(answer.body()).path("instance").asText();
        assertThat(instance).startsWith("urn:uuid:");
        assertThat(log.getAll()).contains(instance + ": a request at the door '" + door + "' is refused with 422");
        assertThat(metrics()).containsPattern("relay_refused_requests_total\\{[^}]*door=\"" + door + "\"");
    }

    @Test
    void whatAnOlderVersionBuriedForARefusalIsReplayedByOneCallEachOnce(CapturedOutput log) {
        String lead = ingest("{\"source\":\"site\",\"name\":\"Похоронен\",\"phone\":\"+7 912 555-01-77\"}");
        long deal = delivered(lead);
        Long id = jdbc.queryForObject("""
                INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload, status, last_error)
                VALUES ('crm.note', 'default', ?, ?, jsonb_build_object('lead', CAST(? AS bigint), 'text', 'Из прошлого'), 'dead',
                        'responsible_user_id: NotSupportedChoice') RETURNING id""", Long.class, "test:" + UUID.randomUUID(), String.valueOf(deal), deal);
        jdbc.update("""
                INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload, status, last_error)
                VALUES ('mail.lead-copy', '', ?, 'old-mail', '{}', 'dead', '550 no such mailbox')""", "test:" + UUID.randomUUID());
        expectDead("mail.lead-copy");
        assertThat(health()).contains("refusedBeforeUpgrade").contains("crm-refused");
        assertThat(buriedBefore()).isEqualTo(1);
        ReflectionTestUtils.invokeMethod(camel.getRegistry().lookupByName("deadLettersHealthIndicator"), "tellOfTheBuried");
        assertThat(log.getAll()).contains("1 effects were set aside by an older version because amoCRM refused them");

        assertThat(replay("{\"what\":\"effects\",\"cause\":\"crm-refused\"}").path("replayed").asLong()).isEqualTo(1);
        assertThat(replay("{\"what\":\"effects\",\"cause\":\"crm-refused\",\"dryRun\":false}").path("replayed").asLong()).isEqualTo(1);

        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(
                jdbc.queryForObject("SELECT status FROM outbox WHERE id = ?", String.class, id)).isEqualTo("done"));
        assertThat(replay("{\"what\":\"effects\",\"cause\":\"crm-refused\",\"dryRun\":false}").path("replayed").asLong()).isZero();
        assertThat(health()).doesNotContain("refusedBeforeUpgrade");
        assertThat(buriedBefore()).isZero();
    }

    private static long buriedBefore() {
        return Json.read(admin(HttpRequest.newBuilder(URI.create(url("/api/admin/queue/dead"))))).path("refusedBeforeUpgrade").asLong();
    }

    /** What the old rule wrote, each with the error as it stood there; only refusals by amoCRM count. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            crm.lead | custom_fields_values.0.field_id: NotSupportedChoice | true
            crm.lead-of-stranger | responsible_user_id: NotSupportedChoice; status_id: NotSupportedChoice | true
            crm.lead | POST /api/v4/leads → 400 0: pipeline_id: NotSupportedChoice | true
            crm.task | POST /api/v4/tasks → 400 responsible_user_id: NotSupportedChoice | true
            crm.lead | POST /api/v4/leads → 422 | true
            crm.lead | IllegalStateException: no such field | false
            mail.lead-copy | 550 no such mailbox | false
            telegram.machine-registered | Telegram 400: chat not found | false""")
    void whatCountsAsBuriedByTheOldRule(String kind, String error, boolean counts) {
        expectDead(kind);
        long before = buriedBefore();
        jdbc.update("INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload, status, last_error) VALUES (?, '', ?, 'old', '{}', 'dead', ?)",
                kind, "test:" + UUID.randomUUID(), error);
        assertThat(buriedBefore() - before).isEqualTo(counts ? 1 : 0);
        jdbc.update("UPDATE outbox SET status = 'skipped' WHERE subject_id = 'old'");
    }
}
