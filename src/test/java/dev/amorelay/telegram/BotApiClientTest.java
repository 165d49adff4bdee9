package dev.amorelay.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server on this machine that answers as Telegram does, or not at all. */
class BotApiClientTest {

    private final CountDownLatch hang = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        hang.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpRequest telegram(int status, String body) {
        server.createContext("/bot/sendMessage", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "/bot/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return request();
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/bot/sendMessage"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    }

    private static Throwable failure(HttpClient client, HttpRequest request) {
        try {
            client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()).join();
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("no failure");
    }

    @Test
    void passesSuccessOn() throws Exception {
        HttpRequest request = telegram(200, "{\"ok\":true}");
        HttpResponse<byte[]> later = new BotApiClient().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).join();
        assertThat(later.body()).asString().isEqualTo("{\"ok\":true}");
        HttpResponse<String> now = new BotApiClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(now.statusCode()).isEqualTo(200);
    }

    @Test
    void obeysRetryAfter() {
        HttpRequest request = telegram(429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":7}}");
        assertThat(failure(new BotApiClient(), request)).isInstanceOfSatisfying(Later.class,
                later -> assertThat(later.delay()).isEqualTo(Duration.ofSeconds(7)));
        assertThatThrownBy(() -> new BotApiClient().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOfSatisfying(Later.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void seesAClosedChat() {
        HttpRequest request = telegram(403, "{\"ok\":false,\"description\":\"Forbidden: user is deactivated\"}");
        assertThat(failure(new BotApiClient(), request)).isInstanceOf(ChatClosed.class)
                .hasMessage("Telegram 403 Forbidden: user is deactivated");
    }

    @Test
    void waitsForAServerInTrouble() {
        assertThat(failure(new BotApiClient(), telegram(500, "<html>Internal Server Error</html>")))
                .isInstanceOf(Later.class).hasMessage("Telegram 500 ");
    }

    @Test
    void emptyRefusal() {
        assertThat(failure(new BotApiClient(), telegram(400, ""))).isInstanceOf(ForeignAnswer.class).hasMessage("Telegram 400 ");
    }

    @Test
    void refusal() {
        assertThat(failure(new BotApiClient(), telegram(400, "{\"ok\":false,\"description\":\"Bad Request: message text is empty\"}")))
                .isInstanceOf(Refused.class).hasMessage("Telegram 400 Bad Request: message text is empty");
    }

    /** Some networks answer in Telegram's place: that has sent nothing. */
    @Test
    void aPageIsNoYes() {
        assertThat(failure(new BotApiClient(), telegram(200, "<html>Доступ к ресурсу ограничен</html>"))).isInstanceOf(ForeignAnswer.class);
    }

    @Test
    void followsNoRedirect() {
        assertThat(failure(new BotApiClient(), telegram(302, ""))).isInstanceOf(Later.class).hasMessage("Telegram 302 ");
    }

    @Test
    void outOfReachItIsWaitedFor() {
        HttpRequest request = request();
        server.stop(0);
        assertThat(failure(new BotApiClient(), request)).isInstanceOfSatisfying(Later.class, later -> {
            assertThat(later).hasMessage("Telegram is out of reach");
            assertThat(later.inDoubt()).isFalse();
        });
        assertThatThrownBy(() -> new BotApiClient().send(request, HttpResponse.BodyHandlers.ofString())).isInstanceOf(Later.class);
    }

    @Test
    void aSilentServerEndsTheRequest() {
        server.createContext("/bot/sendMessage", exchange -> {
            try {
                hang.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        HttpClient impatient = new BotApiClient(Duration.ofMillis(200));
        assertThat(failure(impatient, request())).isInstanceOf(SendUnknown.class);
        assertThatThrownBy(() -> impatient.send(request(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(SendUnknown.class);
    }
}
