package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The main port in the sandbox: a newcomer needs no password for the test lead, but for the console. */
@SpringBootTest(classes = SecurityTestApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "management.server.port=0", "camel.main.routes-collector-enabled=false"})
class SandboxSecurityIT {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({"/ingest/test-crm,200", "/api/ingest/test-crm,200", "/sandbox/amocrm/api/v4/leads,200", "/console,401", "/other,404"})
    void answers(String path, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/ingest/test-crm,cross-site,403", "/api/ingest/test-crm,cross-site,403", "/ingest/test-crm/,cross-site,403",
            "/ingest/test-crm,none,200"})
    void noForeignPageMakesATestLead(String path, String site, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Sec-Fetch-Site", site).build();
        assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(status);
    }

    /** A page of somebody's whose name was made to lead here is answered nothing. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1,200", "localhost,200", "[::1],200", "evil.example,400", "127.0.0.1.evil.example,400", "192.0.2.1,400"})
    void answersToTheNamesOfThisMachineOnly(String host, int status) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(("GET /sandbox/amocrm/api/v4/leads HTTP/1.1\r\nHost: " + host + ":" + port + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String first = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            assertThat(first).startsWith("HTTP/1.1 " + status);
        }
    }
}
