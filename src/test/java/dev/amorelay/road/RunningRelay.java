package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.database.TemplateDatabase;
import dev.amorelay.delivery.StartupWork;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole relay with its sandbox, on free ports and an empty database; one for all tests that extend this. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
abstract class RunningRelay {

    private static final int PORT = Ports.free();
    private static final int MANAGEMENT = Ports.free();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Secrets that no answer, page or attribute may show. */
    static final String CLIENT_SECRET = "secret-of-the-integration";
    static final String BOT_TOKEN = "1:token-of-the-bot";

    private final Set<String> expectedDead = new HashSet<>();

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    CamelContext camel;

    @Autowired
    private StartupWork start;

    @DynamicPropertySource
    static void ownPlace(DynamicPropertyRegistry registry) throws IOException {
        Path data = TemplateDatabase.directory();
        int smtp = Ports.free();
        StillClocks.SETTINGS.forEach((name, value) -> registry.add(name, () -> value));
        registry.add("server.port", () -> PORT);
        registry.add("management.server.port", () -> MANAGEMENT);
        registry.add("sandbox.smtp-port", () -> smtp);
        registry.add("relay.data-dir", data::toString);
        // as it is outside of tests
        registry.add("spring.jmx.enabled", () -> true);
        registry.add("relay.amocrm.client-secret", () -> CLIENT_SECRET);
        registry.add("relay.telegram.bot-token", () -> BOT_TOKEN);
        registry.add("relay.routes.live", () -> "false");
        registry.add("relay.park.requests-per-minute", () -> "300");
        registry.add("management.prometheus.metrics.export.enabled", () -> true);
        // the sandbox finds what is new at once
        registry.add("relay.gate.look-up-after", () -> "1s");
        // the sandbox answers faster than amoCRM would let anybody ask
        registry.add("relay.amocrm.rate-limits", () -> System.getProperty("bench.rate-limits", "1000/1s,60000/1m"));
    }

    /** Effects of this kind, or of this subject, may end dead in the test: it says what becomes of them. */
    void expectDead(String kindOrSubject) {
        expectedDead.add(kindOrSubject);
    }

    /** What the start does by itself comes between no test and what it has brought about. */
    @BeforeEach
    void theStartIsOver() {
        StillClocks.await(start);
        Gathering.set(camel, gathers());
    }

    /** Whether work gathers for seconds, as it does outside of tests: only who counts the calls of a burst has to wait for that. */
    boolean gathers() {
        return false;
    }

    @AfterEach
    void noEffectEndedDeadUnlessExpected() {
        // out of the way of the next test, which is not to blame for them
        List<Map<String, Object>> dead = jdbc.queryForList(
                "UPDATE outbox SET status = 'skipped' WHERE status = 'dead' RETURNING kind, subject_id, last_error");
        dead.removeIf(effect -> expectedDead.contains(effect.get("kind")) || expectedDead.contains(effect.get("subject_id")));
        assertThat(dead).as("effects that ended dead").isEmpty();
    }

    static String url(String path) {
        return "http://127.0.0.1:" + PORT + path;
    }

    static String management(String path) {
        return "http://127.0.0.1:" + MANAGEMENT + path;
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url(path))).build());
    }

    static HttpResponse<String> post(String path, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    static HttpResponse<String> postJson(String path, String body, String... headers) {
        return post(path, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static HttpResponse<String> postForm(String path, String body) {
        return post(path, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a lead that must be taken, again where the door asks for it. */
    static String ingest(String body) {
        HttpResponse<String> answer = Patience.untilTaken(() -> postJson("/api/ingest/leads", body));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return Json.read(answer.body()).path("lead_id").asText();
    }

    static String sample(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources", name));
    }

    static JsonNode sandbox() {
        return Json.read(get("/sandbox/api/state").body());
    }

    /** What is in the sandbox CRM under an id. */
    static JsonNode crmLead(long id) {
        return StreamSupport.stream(sandbox().path("leads").spliterator(), false)
                .filter(lead -> lead.path("id").asLong() == id).findFirst().orElse(Json.MAPPER.missingNode());
    }

    static void win(long lead, String serial, String model, Long telegram) {
        var wish = Json.object().put("serial", serial).put("model", model);
        if (telegram != null) {
            wish.put("telegram_id", String.valueOf(telegram));
        }
        expectOk(postJson("/sandbox/api/leads/" + lead + "/win", Json.write(wish)));
    }

    static void move(long lead, long pipeline, long stage) {
        expectOk(postJson("/sandbox/api/leads/" + lead + "/move",
                Json.write(Json.object().put("pipeline_id", pipeline).put("status_id", stage))));
    }

    private static void expectOk(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** Texts that a chat has received. */
    static List<String> chat(long id) {
        return StreamSupport.stream(sandbox().path("messages").spliterator(), false)
                .filter(message -> message.path("chatId").asText().equals(String.valueOf(id)))
                .map(message -> message.path("text").asText()).toList();
    }

    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(100));
    }

    /** The CRM's id of a lead, once it is delivered with its notes. */
    long delivered(String lead) {
        soon().until(() -> outbox(lead).stream().filter(effect -> effect.get("status").equals("done")).count() == 3);
        return jdbc.queryForObject("SELECT amo_lead_id FROM leads WHERE id = ?::uuid", Long.class, lead);
    }

    /** All effects of a subject. */
    List<Map<String, Object>> outbox(String subject) {
        return jdbc.queryForList("SELECT kind, status, last_error, external_id FROM outbox WHERE subject_id = ? ORDER BY id", subject);
    }

    /** Waits until nothing is left to do, and nothing is left to be told: what a test writes now stays as it is written. */
    void allIsQuiet() {
        // effects that no route performs are other tests' own
        String[] kinds = camel.getRoutes().stream().map(route -> route.getEndpoint().getEndpointUri()).filter(uri -> uri.startsWith("outbox:"))
                .map(uri -> uri.replaceFirst("^outbox:(//)?", "").replaceFirst("\\?.*", "")).toArray(String[]::new);
        soon().atMost(Duration.ofSeconds(300)).until(() -> jdbc.queryForObject("""
                SELECT (SELECT count(*) FROM outbox WHERE status IN ('pending', 'failed') AND kind = ANY (?))
                     + (SELECT count(*) FROM amocrm_webhook_events WHERE NOT processed AND outcome IS NULL)""", Long.class, (Object) kinds) == 0
                && sandbox().path("hooks").path("waiting").asInt() == 0);
    }

    /** Waits until the inbox has nothing left to do. */
    void inboxEmpty() {
        soon().untilAsserted(() -> assertThat(jdbc.queryForObject(
                "SELECT count(*) FROM amocrm_webhook_events WHERE NOT processed AND outcome IS NULL", Long.class)).isZero());
    }
}
