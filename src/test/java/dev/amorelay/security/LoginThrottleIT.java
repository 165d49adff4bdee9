package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Guessing passwords through both ports; the proxy in front is trusted, so each guesser has an own address. */
@SpringBootTest(classes = SecurityTestApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "relay.amocrm.subdomain=example", "relay.amocrm.access-token=token", "relay.amocrm.pipeline-id=1", "relay.amocrm.status-id=2",
        "relay.smtp.host=localhost", "relay.mail.orders-to=orders@example.com", "relay.allow-root=true",
        "relay.admin-password=long enough", "relay.trusted-proxies=127.0.0.1", "relay.webhook-key=key-of-the-hooks",
        "management.server.port=0", "camel.main.routes-collector-enabled=false"})
class LoginThrottleIT {

    private final HttpClient client = HttpClient.newHttpClient();

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

    private HttpRequest request(int at, String path, String name, String password, String address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path)).header("X-Forwarded-For", address);
        if (password != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }
        return request.build();
    }

    private int get(int at, String path, String name, String password, String address) throws IOException, InterruptedException {
        return client.send(request(at, path, name, password, address), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** What a hundred and fifty guesses at once are answered. */
    private List<HttpResponse<String>> guesses(int at, String path, String name, String address) {
        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 150).mapToObj(i -> client.sendAsync(
                request(at, path, name, "guess" + i, address), HttpResponse.BodyHandlers.ofString())).toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofManyGuessesAtOnceFewAreLookedAtAndNobodyElseWaits(boolean management) throws Exception {
        // the management port's connector sees the proxy alone: there all behind it are one
        int at = management ? managementPort : port;
        String path = management ? "/actuator/metrics" : "/api/admin/replay";
        String name = management ? "root" : "admin";

        List<HttpResponse<String>> answers = guesses(at, path, name, "203.0.113.1");

        // one more in six seconds, for as long as the answers took; where bcrypt has no room in time it is 503
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 401 || answer.statusCode() == 503)).hasSizeBetween(10, 13);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 401)).isNotEmpty();
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 429)).isNotEmpty()
                .allSatisfy(refused -> assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow())).isBetween(1, 60));
        assertThat(get(at, path, name, null, "203.0.113.1")).as("no password is no guess").isEqualTo(401);
        assertThat(get(port, "/webhook/amocrm", name, "guess", "203.0.113.1")).as("no door of amoCRM's is closed").isEqualTo(200);
        assertThat(get(port, "/api/admin/replay", "admin", "long enough", "203.0.113.2")).as("somebody else is let in").isEqualTo(200);
        assertThat(get(managementPort, "/actuator/health", name, null, "203.0.113.1")).isEqualTo(200);
    }

    @Test
    void anAddressThatIsNoneIsNoWayAroundAndNoFault() throws Exception {
        for (String garbage : List.of("unknown", "_hidden", "proxy.example.com", "1.2.3.4.5", "'", "203.0.113.9:51000", "[2001:db8::1]:443")) {
            assertThat(get(port, "/webhook/amocrm", null, null, garbage)).as(garbage).isEqualTo(200);
            assertThat(get(port, "/api/admin/replay", "admin", "long enough", garbage)).as(garbage).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/%6Cogin", "/console/logi%6e", "/con%73ole/login", "/%63onsole/%6cogin"})
    void noWayToWriteTheLoginsAddressIsAWayAroundTheCount(String address) throws Exception {
        for (int at : new int[] {port, managementPort}) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + address))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("username=admin&password=long+enough")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aNameThatNobodyCanHaveIsAWrongNameAndNoFault() throws Exception {
        for (String name : List.of("a\0b", "Admin", "admin\0", "x".repeat(500), "'; DROP TABLE people; --", "\ud800")) {
            assertThat(get(port, "/api/admin/replay", name, "guess", "203.0.113.90")).as(name).isIn(401, 429);
        }
    }
}
