package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other doors: health, connection test, management. */
class DoorsIT extends RunningRelay {

    @Test
    void healthIsGreenWhileTheDatabaseStores() {
        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/"})
    void healthAlsoAnswersThoseWhoAskForTheHeadOnly(String path) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url(path))).method("HEAD", HttpRequest.BodyPublishers.noBody()).build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aMultipartBodyThatIsNoneIsRefusedInWords() {
        HttpResponse<String> answer = post("/ingest/leads", "multipart/form-data", "Анна".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(Json.read(answer.body()).path("title").asText()).startsWith("Тело запроса не распознано");
    }

    /** An address that ends with a slash is put before one that begins with one. */
    @ParameterizedTest
    @ValueSource(strings = {"//api/ingest/leads", "/api//ingest/leads", "/api/ingest/leads//"})
    void slashesThatSayNothingAreLeftOut(String path) {
        String id = UUID.randomUUID().toString();
        assertThat(postJson(path, "{\"name\":\"" + id + "\"}").statusCode()).isEqualTo(200);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM leads WHERE name = ?", Long.class, id)).isEqualTo(1);
        assertThat(get("//health//").statusCode()).isEqualTo(200);
        assertThat(post("//webhook///amocrm/", "application/x-www-form-urlencoded", "leads[update][0][id]=1".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(204);
        assertThat(get("//api//admin/accounts").statusCode()).isIn(401, 302);
    }

    @Test
    void aMultipartBodyInChunksThatIsTooLongIsRefused() {
        byte[] body = ("--x\r\nContent-Disposition: form-data; name=message\r\n\r\n" + "a".repeat(1_100_000) + "\r\n--x--\r\n")
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url("/ingest/leads")))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))).build());

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/error", "/error/", "/nowhere"})
    void theServersOwnPageIsNoAddress(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(post(path, "application/json", "{}".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ingest/test-crm", "/api/ingest/test-crm", "/ingest/test-crm/"})
    void theConnectionTestMakesALead(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body()).path("status").asText()).isEqualTo("success");
        assertThat(crmLead(Json.read(answer.body()).path("amo_lead_id").asLong()).path("name").asText()).startsWith("TEST: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/hawtio", "/actuator/jolokia", "/actuator/metrics", "/actuator/prometheus"})
    void managementAsksForALogin(String path) {
        HttpResponse<String> stranger = send(HttpRequest.newBuilder(URI.create(management(path))).build());
        HttpResponse<String> admin = send(HttpRequest.newBuilder(URI.create(management(path)))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes())).build());

        assertThat(stranger.statusCode()).isIn(302, 401);
        assertThat(admin.statusCode()).isIn(200, 302, 307);
        assertThat(admin.headers().firstValue("location").orElse("")).doesNotContain("login");
    }

    /** The body of an error may land in a log, a ticket, a picture of the screen. */
    @ParameterizedTest
    @ValueSource(strings = {"PUT /webhook/amocrm/", "DELETE /amocrm/", "PATCH /api/amocrm/webhook/", "PUT /amocrm/process-webhook/", "GET /amocrm/",
            "GET /webhook/", "POST /no-such-door/", "GET /webhook/amocrm//", "GET /webhook/amocrm/%2e%2e/"})
    void noErrorEchoesTheAddressThatMayHoldTheKey(String call) {
        String key = "kT7-echo-key";
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url(call.split(" ")[1] + key)))
                .method(call.split(" ")[0], HttpRequest.BodyPublishers.noBody()).build());

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain(key);
        assertThat(answer.headers().map().toString()).doesNotContain(key);
    }

    @Test
    void managementIsNotOnTheDoorsPort() {
        assertThat(get("/actuator/health").statusCode()).isIn(401, 403, 404);
    }

    private static HttpResponse<String> asAdmin(HttpRequest.Builder request) {
        return send(request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes())).build());
    }

    @Test
    void theSetupReportFindsNothingMissingInTheSandbox() {
        HttpResponse<String> answer = asAdmin(HttpRequest.newBuilder(URI.create(url("/api/admin/crm-setup"))));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body()).path("accounts").path(0)).isEqualTo(Json.read("{\"name\":\"default\",\"problems\":[]}"));
        assertThat(get("/api/admin/crm-setup").statusCode()).isEqualTo(401);
    }

    @Test
    void theMarkerFieldIsFoundWhereItIs() {
        HttpResponse<String> answer = asAdmin(HttpRequest.newBuilder(URI.create(url("/api/admin/crm-setup")))
                .POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(Json.read(answer.body()).path("setting").asText()).isEqualTo("AMOCRM_FIELD_LEAD_UUID_ID=712641");
    }
}
