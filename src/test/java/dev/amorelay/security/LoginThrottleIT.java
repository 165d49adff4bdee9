package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Guessing the admin's password through both ports; the proxy in front is trusted, so each guesser has an own address. */
@SpringBootTest(classes = SecurityTestApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "relay.amocrm.subdomain=example", "relay.amocrm.access-token=token", "relay.amocrm.pipeline-id=1", "relay.amocrm.status-id=2",
        "relay.smtp.host=localhost", "relay.mail.orders-to=orders@example.com", "relay.allow-root=true",
        "relay.admin-password=long enough", "relay.trusted-proxies=127.0.0.1", "relay.webhook-key=key-of-the-hooks",
        "management.server.port=0", "camel.main.routes-collector-enabled=false"})
class LoginThrottleIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;
    @LocalManagementPort
    private int managementPort;

    private HttpResponse<String> get(int at, String path, String password, String address) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path)).header("X-Forwarded-For", address);
        if (password != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8)));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theAdminsAddressesTakeTenGuessesAMinute() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(get(port, "/api/admin/replay", "guess" + i, "203.0.113.1").statusCode()).isEqualTo(401);
        }

        HttpResponse<String> refused = get(port, "/api/admin/replay", "guess11", "203.0.113.1");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow())).isBetween(1, 60);
        assertThat(get(port, "/api/admin/replay", "long enough", "203.0.113.1").statusCode()).as("the right one too").isEqualTo(429);
        assertThat(get(port, "/api/admin/replay", null, "203.0.113.1").statusCode()).as("no password is no guess").isEqualTo(401);
        assertThat(get(port, "/webhook/amocrm", "guess", "203.0.113.1").statusCode()).as("no door of amoCRM's is closed").isEqualTo(200);
        assertThat(get(port, "/api/admin/replay", "long enough", "203.0.113.2").statusCode()).as("somebody else is let in").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theManagementPortToo(boolean basic) throws Exception {
        // its connector may see the proxy alone; then all behind it are one
        String address = "203.0.113." + (basic ? 3 : 4);
        int answer = 0;
        int guesses = 0;
        while (answer != 429 && guesses <= 11) {
            guesses++;
            answer = basic ? get(managementPort, "/actuator/metrics", UUID.randomUUID().toString(), address).statusCode()
                    : form(address).statusCode();
        }
        assertThat(answer).isEqualTo(429);
        assertThat(guesses).isLessThanOrEqualTo(11);
        assertThat(get(managementPort, "/actuator/health", null, address).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> form(String address) throws IOException, InterruptedException {
        HttpResponse<String> page = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/login"))
                .header("X-Forwarded-For", address).header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
        String cookie = page.headers().allValues("Set-Cookie").stream().filter(line -> line.startsWith("XSRF-TOKEN=")).findFirst().orElseThrow()
                .split(";")[0];
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/login"))
                .header("X-Forwarded-For", address).header("Cookie", cookie).header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-XSRF-TOKEN", cookie.substring("XSRF-TOKEN=".length()))
                .POST(HttpRequest.BodyPublishers.ofString("username=admin&password=guess")).build(), HttpResponse.BodyHandlers.ofString());
    }
}
