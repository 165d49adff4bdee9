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
        expectDead("crm.note");
        Long id = jdbc.queryForObject("""
                INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload)
                VALUES ('crm.note', 'default', ?, 'nobody', '{"lead": 999999999, "text": "Позвоните"}') RETURNING id""", Long.class,
                "test:" + UUID.randomUUID());

        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(
                jdbc.queryForObject("SELECT status FROM outbox WHERE id = ?", String.class, id)).isEqualTo("dead"));

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertThat(log.getAll()).contains("crm.note " + id + " is set aside as dead: POST /api/v4/leads/notes → 400"));
        assertThat(metrics()).containsPattern("relay_dead_letters_total\\{[^}]*kind=\"crm.note\"[^}]*reason=\"refused\"");
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
    void whatAnOlderVersionBuriedForARefusalIsReplayedByOneCallEachOnce() {
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

        assertThat(replay("{\"what\":\"effects\",\"cause\":\"crm-refused\"}").path("replayed").asLong()).isEqualTo(1);
        assertThat(replay("{\"what\":\"effects\",\"cause\":\"crm-refused\",\"dryRun\":false}").path("replayed").asLong()).isEqualTo(1);

        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(
                jdbc.queryForObject("SELECT status FROM outbox WHERE id = ?", String.class, id)).isEqualTo("done"));
        assertThat(replay("{\"what\":\"effects\",\"cause\":\"crm-refused\",\"dryRun\":false}").path("replayed").asLong()).isZero();
        assertThat(health()).doesNotContain("refusedBeforeUpgrade");
    }
}
