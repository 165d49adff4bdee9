package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.leads.Lead;
import dev.amorelay.leads.LeadBook;
import dev.amorelay.work.ClaimWatch;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.ReflectionTestUtils;

/** Whatever a door lets in, every later reader can read; a row that cannot be read holds up no other. */
@ExtendWith(OutputCaptureExtension.class)
class WrittenMeansReadableIT extends RunningRelay {

    /** As deep as PostgreSQL keeps and nobody reads. */
    private static final String DEEP = "('{\"a\":' || repeat('[', 1500) || repeat(']', 1500) || '}')::jsonb";

    @Autowired
    private LeadBook leads;

    @Autowired
    private ClaimWatch claims;

    private static String id() {
        return "9" + System.nanoTime() % 1_000_000_000L;
    }

    private static String admin(String path) {
        return send(HttpRequest.newBuilder(URI.create(management(path))).header("Authorization",
                "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes())).build()).body();
    }

    private String outcome(String entity) {
        return jdbc.queryForObject("SELECT coalesce(outcome, 'waits') FROM amocrm_webhook_events WHERE amocrm_entity_id = ?", String.class, entity);
    }

    private static String hook(String id, String more) {
        return "account[id]=31000001&leads[update][0][id]=" + id + "&leads[update][0][updated_at]=1748268669" + more;
    }

    private void everythingGoesOn(String hostile) {
        String next = id();
        assertThat(postForm("/webhook/amocrm", hook(next, "")).statusCode()).isEqualTo(204);
        inboxEmpty();
        assertThat(outcome(next)).isEqualTo("done");
        assertThat(outcome(hostile)).isEqualTo("done");
    }

    @Test
    void aNameAsLongAsABookIsStoredAndWorkedOn() {
        String id = id();
        assertThat(postForm("/webhook/amocrm", hook(id, "&leads[update][0][" + "n".repeat(60_000) + "]=x")).statusCode()).isEqualTo(204);
        everythingGoesOn(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000", "[1e-1000,1e300]", "{\"a\":{\"b\":-5e999}}", "DEEP", "NAME", "DIGITS"})
    void soIsWhateverStandsInTheDetailsOfARelayedEvent(String what) {
        String id = id();
        String details = what.equals("DEEP") ? "[".repeat(990) + "]".repeat(990)
                : what.equals("NAME") ? "{\"" + "имя".repeat(8_000) + "\":1}" : what.equals("DIGITS") ? "0." + "7".repeat(990) : what;
        assertThat(postJson("/amocrm/process-webhook", "{\"event_type\":\"lead.update\",\"amocrm_entity_id\":" + id
                + ",\"payload\":{\"id\":" + id + ",\"account_id\":31000001,\"updated_at\":1748268669},\"details\":" + details + "}").statusCode()).isEqualTo(200);
        everythingGoesOn(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000", "[1e-1000,1e300]", "DEEP", "NAME"})
    void soIsALead(String what) {
        String meta = what.equals("DEEP") ? "[".repeat(95) + "]".repeat(95) : what.equals("NAME") ? "{\"" + "n".repeat(49_000) + "\":1}" : what;
        String lead = ingest("{\"source\":\"site\",\"name\":\"Читаемый\",\"phone\":\"+7 912 555-03-" + (10 + what.length()) + "\",\"meta\":{\"odd\":" + meta + "}}");
        assertThat(delivered(lead)).isPositive();
    }

    @Test
    void anEventThatCannotBeReadIsSetAsideAloneAndTold(CapturedOutput log) {
        String bad = id();
        String good = id() + "1";
        jdbc.update("INSERT INTO amocrm_webhook_events (event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id, account)"
                + " VALUES ('lead.update', 'lead', ?, ?, " + DEEP + ", 31000001, 'default'), ('lead.update', 'lead', ?, ?, '{}', 31000001, 'default')",
                bad, UUID.randomUUID().toString(), good, UUID.randomUUID().toString());

        inboxEmpty();

        assertThat(outcome(good)).isEqualTo("done");
        assertThat(outcome(bad)).isEqualTo("dead");
        assertThat(jdbc.queryForObject("SELECT last_error FROM amocrm_webhook_events WHERE amocrm_entity_id = ?", String.class, bad))
                .startsWith("its payload cannot be read");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertThat(log.getAll()).containsPattern("lead.update event \\d+ is set aside as dead: its payload cannot be read"));
        assertThat(admin("/actuator/prometheus")).containsPattern("relay_dead_letters_total\\{[^}]*kind=\"inbox\"");
        jdbc.update("DELETE FROM amocrm_webhook_events WHERE amocrm_entity_id = ?", bad);
    }

    @Test
    void aLeadWhoseFieldsCannotBeReadKeepsItsPerson() {
        String id = UUID.randomUUID().toString();
        jdbc.update("INSERT INTO leads (id, source, name, phone, phone_e164, meta, account) VALUES (?::uuid, 'site', 'Анна', '+7 912 555-03-77', '+79125550377', "
                + DEEP + ", 'default')", id);

        Lead lead = leads.lead(id);

        assertThat(lead.phoneE164()).isEqualTo("+79125550377");
        assertThat(lead.meta()).isEmpty();
        assertThat(lead.remarks()).containsExactly("Поля формы не читаются, они целиком в базе relay: таблица leads, заявка " + id);
        jdbc.update("DELETE FROM leads WHERE id = ?::uuid", id);
    }

    @Test
    void workWithoutAnEndRaisesAnAlarm(CapturedOutput log) {
        String kind = "test.endless-" + UUID.randomUUID();
        jdbc.update("""
                INSERT INTO outbox (kind, dedupe_key, subject_id, attempts, lapses, next_attempt_at, last_error)
                VALUES (?, ?, 'nobody', 9, 3, now() + interval '1 hour', NULL), (?, ?, 'nobody', 50, 0, now() + interval '1 hour', 'still away')""",
                kind, kind, kind + "-tried", kind + "-tried");

        Awaitility.await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            assertThat(log.getAll()).contains("1 of " + kind + " are claimed again and again without an end")
                    .contains("1 of " + kind + "-tried are claimed again and again without an end");
            assertThat(admin("/actuator/prometheus")).containsPattern("relay_endless_work\\{[^}]*kind=\"" + kind + "\"");
        });
        JsonNode health = Json.read(admin("/actuator/health")).at("/components/endlessWork");
        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.at("/details/rows").findValuesAsText("kind")).contains(kind, kind + "-tried");
        jdbc.update("DELETE FROM outbox WHERE kind LIKE ?", kind + "%");
    }

    @Test
    void workThatCannotBeClaimedAtAllIsRed() {
        ReflectionTestUtils.invokeMethod(claims, "failed", "test.stuck", "", new IllegalStateException("no"), Instant.now().minusSeconds(60));
        JsonNode red = Json.read(admin("/actuator/health")).at("/components/endlessWork");
        String metrics = admin("/actuator/prometheus");
        ReflectionTestUtils.invokeMethod(claims, "succeeded", "test.stuck", "");

        assertThat(red.path("status").asText()).isEqualTo("DOWN");
        assertThat(red.at("/details/test.stuck/cause").asText()).isEqualTo("IllegalStateException");
        assertThat(metrics).containsPattern("relay_claims_failing(\\{[^}]*})? 1\\.0");
        assertThat(Json.read(admin("/actuator/health")).at("/components/endlessWork/status").asText()).isEqualTo("UP");
    }
}
