package dev.amorelay.flowtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Sends requests to the relay. */
final class Doorway {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ADMIN = "Basic " + Base64.getEncoder()
            .encodeToString(("admin:" + RelayUnderTest.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RelayUnderTest relay;

    Doorway(RelayUnderTest relay) {
        this.relay = relay;
    }

    HttpResponse<String> send(Step.Request request) throws IOException {
        // brackets and the like, which people write and browsers escape
        URI address = URI.create(relay.url(request.path().replace("[", "%5B").replace("]", "%5D").replace(" ", "%20")));
        HttpRequest.Builder made = HttpRequest.newBuilder(address).timeout(LIMIT)
                .method(request.method(), request.type() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        if (request.type() != null) {
            made.setHeader("Content-Type", request.type());
        }
        if (request.as() != null) {
            made.setHeader("Authorization", request.as().equals(Step.Request.ADMIN) ? ADMIN : "tma " + signedBy(request.as()));
        }
        request.headers().forEach(made::setHeader);
        return send(made.build());
    }

    /** What Telegram would sign for a user who opens the Mini App now. */
    private String signedBy(String user) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(relay.url("/sandbox/park/init-data?user=" + user))).timeout(LIMIT).build()).body();
    }

    /** Asks the sandbox for something; it must agree. */
    void sandbox(String method, String path, String json) {
        try {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(relay.url(path))).timeout(LIMIT)
                    .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)).build());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(path + " answers " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(path + " does not answer", e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
