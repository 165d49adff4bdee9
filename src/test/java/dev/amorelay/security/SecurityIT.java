package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The two ports from outside, with an account configured, so without the sandbox. */
@SpringBootTest(classes = SecurityTestApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "relay.amocrm.subdomain=example", "relay.amocrm.access-token=token", "relay.amocrm.pipeline-id=1", "relay.amocrm.status-id=2",
        "relay.smtp.host=localhost", "relay.mail.orders-to=orders@example.com", "relay.allow-root=true",
        "relay.admin-password=long enough", "relay.ingest.cors-origins=https://example.com",
        "relay.webhooks.allowed-ips=127.0.0.0/8", "relay.ingest.max-body=1KB", "relay.webhooks.max-body=8KB",
        "management.server.port=0", "camel.main.routes-collector-enabled=false"})
class SecurityIT {

    private static final String ADMIN = "Basic " + Base64.getEncoder().encodeToString("admin:long enough".getBytes(StandardCharsets.UTF_8));
    private static final String GUESS = "Basic " + Base64.getEncoder().encodeToString("admin:guess".getBytes(StandardCharsets.UTF_8));

    private final HttpClient client = HttpClient.newHttpClient();

    @Autowired
    private ApplicationContext context;
    @Autowired
    private LoginThrottle throttle;
    @LocalServerPort
    private int port;
    @LocalManagementPort
    private int managementPort;

    @BeforeEach
    void noGuessesYet() {
        SecurityTestApplication.noGuessesYet(throttle);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ingest/test-crm", "/api/ingest/test-crm", "/ingest/test-crm/", "/console", "/console/x", "/api/admin/replay"})
    void asksForTheAdminsPassword(String path) throws Exception {
        assertThat(get(port, path).statusCode()).isEqualTo(401);
        assertThat(get(port, path, "Authorization", GUESS).statusCode()).isEqualTo(401);
        assertThat(get(port, path, "Authorization", ADMIN).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sandbox", "/sandbox/amocrm/api/v4/leads", "/actuator/health", "/actuator/hawtio", "/login", "/other"})
    void hidesWhatIsNoDoor(String path) throws Exception {
        assertThat(get(port, path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ingest/leads", "/api/ingest/leads", "/webhook/amocrm", "/webhook/amocrm/key", "/api/amocrm/webhook",
            "/amocrm", "/amocrm/key", "/amocrm/process-webhook"})
    void leavesTheDoorsOpenAndTheFormUnread(String path) throws Exception {
        String form = "leads[add][0][id]=1&name=%D0%98";
        HttpResponse<String> answer = post(path, HttpRequest.BodyPublishers.ofString(form),
                "Content-Type", "application/x-www-form-urlencoded", "Authorization", GUESS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(form);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    /** Engineers without Telegram come with the admin's password; everybody else proves himself behind the door. */
    @Test
    void looksAtAPasswordAtTheDoorsOfService() throws Exception {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");
        assertThat(post("/api/service-requests", body, "Authorization", GUESS).statusCode()).isEqualTo(401);
        assertThat(post("/api/service-requests", body, "Authorization", ADMIN).statusCode()).isEqualTo(200);
        assertThat(post("/api/service-requests", body, "Authorization", "tma user=1").statusCode()).isEqualTo(200);
        assertThat(post("/api/service-requests", body).statusCode()).isEqualTo(200);
    }

    @Test
    void takesALeadWithLettersInItsHeaders() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String request = "POST /ingest/leads HTTP/1.1\r\nHost: x\r\nUser-Agent: Приложение ТЕСТ\r\nContent-Length: 1\r\n"
                    + "Connection: close\r\n\r\na";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void answers503WhileTheRoutesAreNotUp() throws Exception {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        try {
            HttpResponse<String> answer = post("/webhook/amocrm", HttpRequest.BodyPublishers.ofString("a"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(get(port, "/health").statusCode()).as("who asks before sending traffic is told").isEqualTo(503);
            assertThat(get(port, "/api/admin/replay", "Authorization", ADMIN).statusCode()).isEqualTo(503);
        } finally {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
        assertThat(post("/webhook/amocrm", HttpRequest.BodyPublishers.ofString("a")).statusCode()).isEqualTo(200);
        assertThat(get(port, "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesALongLeadByItsLength() throws Exception {
        HttpResponse<String> answer = post("/ingest/leads", HttpRequest.BodyPublishers.ofString("x".repeat(1025)),
                "Origin", "https://example.com");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://example.com");
        assertThat(answer.body()).contains("Запрос больше 1 КБ");
    }

    @Test
    void countsAPackedBodyAsItIsUnpacked() throws Exception {
        HttpResponse<String> fits = post("/ingest/leads", gzip("x".repeat(1024)), "Content-Encoding", "gzip");
        assertThat(fits.statusCode()).isEqualTo(200);
        assertThat(fits.body()).isEqualTo("x".repeat(1024));
        assertThat(post("/ingest/leads", gzip("x".repeat(1025)), "Content-Encoding", "gzip").statusCode()).isEqualTo(413);
        assertThat(post("/webhook/amocrm", gzip("x".repeat(1_000_000)), "Content-Encoding", "x-gzip").statusCode()).isEqualTo(413);
        HttpResponse<String> none = post("/webhook/amocrm", HttpRequest.BodyPublishers.ofString("no gzip"), "Content-Encoding", "gzip");
        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(none.body()).isEqualTo("no gzip");
    }

    private static HttpRequest.BodyPublisher gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray());
    }

    @Test
    void refusesALongLeadInChunksByCounting() throws Exception {
        assertThat(post("/ingest/leads", chunks("x".repeat(1025))).statusCode()).isEqualTo(413);
        HttpResponse<String> fits = post("/ingest/leads", chunks("x".repeat(1024)));
        assertThat(fits.statusCode()).isEqualTo(200);
        assertThat(fits.body()).hasSize(1024);
    }

    @Test
    void givesWebhooksMoreRoom() throws Exception {
        assertThat(post("/webhook/amocrm", HttpRequest.BodyPublishers.ofString("x".repeat(8192))).statusCode()).isEqualTo(200);
        assertThat(post("/webhook/amocrm", HttpRequest.BodyPublishers.ofString("x".repeat(8193))).statusCode()).isEqualTo(413);
        assertThat(post("/amocrm", chunks("x".repeat(8193))).statusCode()).isEqualTo(413);
    }

    @Test
    void grantsAConfiguredSiteAndLosesNoLeadOfAnother() throws Exception {
        HttpResponse<String> granted = post("/api/ingest/leads", HttpRequest.BodyPublishers.ofString("a"), "Origin", "https://example.com");
        assertThat(granted.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://example.com");
        HttpResponse<String> other = post("/api/ingest/leads", HttpRequest.BodyPublishers.ofString("a"), "Origin", "https://example.org");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight("https://example.com").statusCode()).isEqualTo(200);
        assertThat(preflight("https://example.org").statusCode()).isEqualTo(403);
    }

    @Test
    void opensNothingButTheHealthStatusOnTheManagementPort() throws Exception {
        assertThat(get(managementPort, "/actuator/health").body()).isEqualTo("{\"status\":\"UP\",\"groups\":[\"liveness\",\"readiness\"]}");
        for (String path : List.of("/actuator", "/actuator/metrics", "/actuator/prometheus", "/actuator/hawtio/index.html",
                "/actuator/jolokia", "/actuator/health/diskSpace", "/ingest/leads")) {
            assertThat(get(managementPort, path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(managementPort, path, "Authorization", GUESS).statusCode()).as(path).isEqualTo(401);
        }
        HttpResponse<String> browser = get(managementPort, "/actuator/hawtio", "Accept", "text/html");
        assertThat(browser.statusCode()).isEqualTo(302);
        assertThat(browser.headers().firstValue("Location").orElse("")).endsWith("/login");
    }

    @Test
    void letsTheAdminInOnTheManagementPort() throws Exception {
        assertThat(get(managementPort, "/actuator/health", "Authorization", ADMIN).body()).contains("\"components\"");
        assertThat(get(managementPort, "/actuator/metrics", "Authorization", ADMIN).statusCode()).isEqualTo(200);
        assertThat(get(managementPort, "/actuator/hawtio/index.html", "Authorization", ADMIN).body()).contains("<html");
    }

    @Test
    void takesAPostOfTheConsoleWithItsTokenOnly() throws Exception {
        HttpResponse<String> first = get(managementPort, "/actuator/jolokia/version", "Authorization", ADMIN);
        String cookie = first.headers().allValues("Set-Cookie").stream().filter(line -> line.startsWith("XSRF-TOKEN=")).findFirst().orElse("");
        assertThat(cookie).contains("SameSite=Strict");
        String token = cookie.substring("XSRF-TOKEN=".length(), cookie.indexOf(';'));
        assertThat(jolokia("XSRF-TOKEN=" + token, token).statusCode()).isEqualTo(200);
        assertThat(jolokia("XSRF-TOKEN=" + token, "wrong").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> jolokia(String cookie, String token) throws IOException, InterruptedException {
        return client.send(request(managementPort, "/actuator/jolokia", "Authorization", ADMIN, "Cookie", cookie, "X-XSRF-TOKEN", token,
                "Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"version\"}")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        return client.send(request(port, "/api/ingest/leads", "Origin", origin, "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "content-type,idempotency-key").method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.BodyPublisher chunks(String body) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(int port, String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(port, path, headers).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return client.send(request(port, path, headers).POST(body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int port, String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }
}
