package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amorelay.login.PeopleRepository;
import dev.amorelay.login.Role;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

/** People log in by the form and by HTTP Basic, each as far as the role goes. */
@SpringBootTest(classes = SecurityTestApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "relay.amocrm.subdomain=example", "relay.amocrm.access-token=token", "relay.amocrm.pipeline-id=1", "relay.amocrm.status-id=2",
        "relay.smtp.host=localhost", "relay.mail.orders-to=orders@example.com", "relay.allow-root=true",
        "relay.admin-password=long enough", "relay.ingest.cors-origins=https://example.com",
        "relay.webhooks.allowed-ips=127.0.0.0/8", "relay.ingest.max-body=1KB", "relay.webhooks.max-body=8KB",
        "management.server.port=0", "camel.main.routes-collector-enabled=false"})
class LoginIT {

    private static final String PASSWORD = "gentle-lathe-orbit";
    /** Made once: that it takes long is what it is for. */
    private static String hash;
    private final HttpClient client = HttpClient.newHttpClient();

    @Autowired
    private PeopleRepository people;
    @Autowired
    private PasswordEncoder encoder;
    @Autowired
    private JdbcTemplate jdbc;
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

    @BeforeEach
    void threePeople() {
        jdbc.update("DELETE FROM login_sessions");
        hash = hash == null ? encoder.encode(PASSWORD) : hash;
        for (Role role : Role.values()) {
            people.put("a-" + role.text(), role, hash);
        }
    }

    private HttpResponse<String> send(int at, String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path));
        return client.send((headers.length == 0 ? request : request.headers(headers)).method(method, method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream().filter(line -> line.startsWith(name + "=")).findFirst().orElse("").split(";")[0];
    }

    private HttpResponse<String> logIn(int at, String page, String name, String password, String... headers) throws IOException, InterruptedException {
        String csrf = at == port ? "RELAY-XSRF" : "XSRF-TOKEN";
        String token = cookie(send(at, "GET", page), csrf);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + page)).header("Cookie", token)
                .header("X-XSRF-TOKEN", token.substring(csrf.length() + 1)).header("Content-Type", "application/x-www-form-urlencoded");
        return client.send((headers.length == 0 ? request : request.headers(headers)).POST(HttpRequest.BodyPublishers.ofString("username="
                + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/admin/queue             | 200 | 200 | 200
            GET    | /api/admin/accounts          | 200 | 200 | 200
            GET    | /api/admin/crm-setup         | 200 | 200 | 200
            GET    | /console                     | 200 | 200 | 200
            GET    | /api/admin/deals             | 403 | 200 | 200
            GET    | /ingest/test-crm             | 403 | 200 | 200
            GET    | /api/service-requests        | 403 | 200 | 200
            POST   | /api/admin/replay            | 403 | 200 | 200
            POST   | /api/admin/kinds/x/pause     | 403 | 200 | 200
            PUT    | /api/admin/next-maintenance  | 403 | 200 | 200
            POST   | /api/service-requests/x/take | 403 | 200 | 200
            POST   | /api/admin/crm-setup         | 403 | 403 | 200
            POST   | /api/admin/webhooks          | 403 | 403 | 200
            GET    | /api/admin/people            | 403 | 403 | 200
            POST   | /api/admin/people            | 403 | 403 | 200
            DELETE | /api/admin/people/anna       | 403 | 403 | 200
            GET    | /api/admin/oauth/link        | 403 | 403 | 200
            POST   | /api/admin/oauth/code        | 403 | 403 | 200
            """)
    void everybodyMayWhatTheRoleSays(String method, String path, int viewer, int operator, int admin) throws Exception {
        assertThat(send(port, method, path, "Authorization", basic("a-viewer", PASSWORD)).statusCode()).as("viewer").isEqualTo(viewer);
        assertThat(send(port, method, path, "Authorization", basic("a-operator", PASSWORD)).statusCode()).as("operator").isEqualTo(operator);
        assertThat(send(port, method, path, "Authorization", basic("a-admin", PASSWORD)).statusCode()).as("admin").isEqualTo(admin);
        assertThat(send(port, method, path, "Authorization", basic("admin", "long enough")).statusCode()).as("the admin").isEqualTo(admin);
        assertThat(send(port, method, path, "Authorization", basic("a-viewer", "wrong")).statusCode()).as("a wrong password").isEqualTo(401);
    }

    @Test
    void theManagementPortIsForAdminsButForWhatOnlyTellsNumbers() throws Exception {
        for (String name : List.of("a-viewer", "a-operator")) {
            assertThat(send(managementPort, "GET", "/actuator/metrics", "Authorization", basic(name, PASSWORD)).statusCode()).isEqualTo(200);
            for (String path : List.of("/actuator/jolokia/version", "/actuator/hawtio/index.html", "/actuator/env")) {
                assertThat(send(managementPort, "GET", path, "Authorization", basic(name, PASSWORD)).statusCode()).as(path).isEqualTo(403);
            }
        }
        assertThat(send(managementPort, "GET", "/actuator/jolokia/version", "Authorization", basic("a-admin", PASSWORD)).statusCode()).isEqualTo(200);
    }

    @Test
    void aLoginByTheFormLastsAndEndsWithTheLogout() throws Exception {
        HttpResponse<String> in = logIn(port, "/console/login", "a-operator", PASSWORD);
        assertThat(in.statusCode()).isEqualTo(302);
        assertThat(in.headers().firstValue("Location")).hasValue("/console");
        String line = in.headers().allValues("Set-Cookie").stream().filter(one -> one.startsWith("RELAY-SESSION=")).findFirst().orElseThrow();
        assertThat(line).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");
        String session = cookie(in, "RELAY-SESSION");

        assertThat(send(port, "GET", "/api/admin/queue", "Cookie", session).statusCode()).isEqualTo(200);
        assertThat(send(port, "POST", "/api/admin/replay", "Cookie", session).statusCode()).as("a post needs the token, from any browser").isEqualTo(403);
        String token = cookie(send(port, "GET", "/api/admin/queue", "Cookie", session), "RELAY-XSRF");
        String[] written = {"Cookie", session + "; " + token, "X-XSRF-TOKEN", token.substring("RELAY-XSRF=".length())};
        assertThat(send(port, "POST", "/api/admin/replay", written).statusCode()).isEqualTo(200);
        assertThat(send(managementPort, "GET", "/actuator/metrics", "Cookie", session).statusCode()).as("one login for both ports").isEqualTo(200);
        assertThat(send(managementPort, "GET", "/actuator/jolokia/version", "Cookie", session).statusCode()).isEqualTo(403);

        HttpResponse<String> out = send(port, "POST", "/console/logout", written);
        assertThat(out.headers().firstValue("Location")).hasValue("/console/login?logout");
        assertThat(send(port, "GET", "/api/admin/queue", "Cookie", session).statusCode()).isEqualTo(401);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM login_sessions", Long.class)).isZero();
    }

    @Test
    void whoHasNotLoggedInLeavesNothingBehind() throws Exception {
        for (String path : List.of("/console", "/api/admin/queue", "/console/login", "/console/secret?x=1")) {
            HttpResponse<String> answer = send(port, "GET", path, "Accept", "text/html");
            assertThat(answer.headers().allValues("Set-Cookie")).as(path).noneMatch(cookie -> cookie.contains("SESSION"));
        }
        for (String path : List.of("/actuator/hawtio", "/actuator/env", "/login")) {
            HttpResponse<String> answer = send(managementPort, "GET", path, "Accept", "text/html");
            assertThat(answer.headers().allValues("Set-Cookie")).as(path).noneMatch(cookie -> cookie.contains("SESSION"));
        }
        HttpResponse<String> wrong = logIn(port, "/console/login", "a-operator", "wrong");
        assertThat(wrong.headers().firstValue("Location")).hasValue("/console/login?error");
        assertThat(wrong.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("SESSION") || cookie.contains("DEVICE"));
        assertThat(jdbc.queryForObject("SELECT count(*) FROM login_sessions", Long.class)).isZero();
    }

    @Test
    void aProgramBeginsNoSession() throws Exception {
        for (int at : new int[] {port, managementPort}) {
            HttpResponse<String> answer = send(at, "GET", at == port ? "/api/admin/queue" : "/actuator/metrics", "Authorization", basic("a-admin", PASSWORD));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("SESSION") || cookie.contains("DEVICE"));
        }
        assertThat(jdbc.queryForObject("SELECT count(*) FROM login_sessions", Long.class)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "RELAY-SESSION", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --"})
    void aMadeUpSessionIsNone(String value) throws Exception {
        assertThat(send(port, "GET", "/api/admin/queue", "Cookie", "RELAY-SESSION=" + value).statusCode()).isEqualTo(401);
    }

    @Test
    void whoIsChangedOrRemovedIsLoggedOut() throws Exception {
        String session = cookie(logIn(managementPort, "/login", "a-admin", PASSWORD), "RELAY-SESSION");
        assertThat(send(managementPort, "GET", "/actuator/jolokia/version", "Cookie", session).statusCode()).isEqualTo(200);
        people.put("a-admin", Role.VIEWER, null);
        await().until(() -> send(managementPort, "GET", "/actuator/metrics", "Cookie", session).statusCode() == 401);
        assertThat(send(managementPort, "GET", "/actuator/metrics", "Authorization", basic("a-admin", PASSWORD)).statusCode()).isEqualTo(200);
        people.remove("a-admin");
        assertThat(send(managementPort, "GET", "/actuator/metrics", "Authorization", basic("a-admin", PASSWORD)).statusCode()).isEqualTo(401);
    }

    @Test
    void overHttpsTheCookiesGoNoOtherWay() throws Exception {
        HttpResponse<String> in = logIn(port, "/console/login", "a-viewer", PASSWORD, "X-Forwarded-Proto", "https");
        assertThat(in.headers().allValues("Set-Cookie")).hasSizeGreaterThan(1).allMatch(cookie -> cookie.contains("Secure"));
        assertThat(send(port, "GET", "/console/login", "X-Forwarded-Proto", "https").headers().allValues("Set-Cookie")).isNotEmpty()
                .allMatch(cookie -> cookie.contains("Secure"));
    }

    @Test
    void aPersonIsShownTheFormAScriptIsToldAndAProgramIsAsked() throws Exception {
        HttpResponse<String> person = send(port, "GET", "/console", "Accept", "text/html,*/*");
        assertThat(person.statusCode()).isEqualTo(302);
        assertThat(person.headers().firstValue("Location")).hasValue("/console/login");
        assertThat(send(port, "GET", "/console/login").body()).contains("<form method=\"post\" action=\"/console/login\">", "name=\"_csrf\"");
        assertThat(send(port, "GET", "/console/login?error").body()).contains("не подошли");
        HttpResponse<String> script = send(port, "GET", "/api/admin/queue", "X-Requested-With", "XMLHttpRequest");
        assertThat(script.statusCode()).isEqualTo(401);
        assertThat(script.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(send(port, "GET", "/api/admin/queue").headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /actuator/hawtio/index.html?x=1&y=%22 | /actuator/hawtio/index.html?x=1&y=%22
            /actuator/openapi                     | /actuator/openapi
            /actuator/hawtio                      | /actuator/hawtio/
            """)
    void afterTheLoginOneLandsWhereOneWanted(String wanted, String lands) throws Exception {
        HttpResponse<String> asked = send(managementPort, "GET", wanted, "Accept", "text/html");
        String page = asked.headers().firstValue("Location").orElseThrow();
        assertThat(page).startsWith("/login");
        assertThat(send(managementPort, "GET", page).body()).contains("name=\"next\" value=\"" + lands.replace("&", "&amp;") + "\"");
        HttpResponse<String> wrong = logIn(managementPort, page, "a-admin", "wrong");
        page = wrong.headers().firstValue("Location").orElseThrow();
        assertThat(page).startsWith("/login?error");
        assertThat(logIn(managementPort, page, "a-admin", PASSWORD).headers().firstValue("Location")).hasValue(lands);
    }

    @Test
    void whoIsLockedDoesNotComeInAndIsLoggedOut() throws Exception {
        String session = cookie(logIn(port, "/console/login", "a-operator", PASSWORD), "RELAY-SESSION");
        people.put("a-operator", Role.OPERATOR, null, true);
        assertThat(logIn(port, "/console/login", "a-operator", PASSWORD).headers().firstValue("Location").orElse(""))
                .startsWith("/console/login?error");
        assertThat(send(port, "GET", "/api/admin/queue", "Authorization", basic("a-operator", PASSWORD)).statusCode()).isEqualTo(401);
        await().untilAsserted(() -> assertThat(send(port, "GET", "/api/admin/queue", "Cookie", session).statusCode()).isEqualTo(401));
        people.put("a-operator", Role.OPERATOR, null, false);
        assertThat(send(port, "GET", "/api/admin/queue", "Authorization", basic("a-operator", PASSWORD)).statusCode()).isEqualTo(200);
    }

    @Test
    void theSameHoldsOnTheMainPort() throws Exception {
        String page = send(port, "GET", "/console/file?x=1", "Accept", "text/html").headers().firstValue("Location").orElseThrow();
        assertThat(logIn(port, page, "a-admin", PASSWORD).headers().firstValue("Location")).hasValue("/console/file?x=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "\\evil.example", "/a\r\nSet-Cookie: x",
            "/\t/evil.example", "javascript:x", "/login", "/actuator/hawtio/auth/logout", "/actuator/hawtio/login?x=1", "evil.example"})
    void noLoginLeadsToAnotherSite(String next) throws Exception {
        String page = "/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        HttpResponse<String> in = logIn(managementPort, page, "a-admin", PASSWORD);
        assertThat(in.headers().firstValue("Location")).hasValue("/actuator/hawtio/");
        assertThat(in.headers().firstValue("Set-Cookie").orElse("")).doesNotStartWith("x");
    }

    @Test
    void aLongFormIsNotRead() throws Exception {
        assertThat(logIn(port, "/console/login", "admin", "x".repeat(5000)).statusCode()).isEqualTo(413);
    }
}
