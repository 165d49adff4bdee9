package dev.amorelay.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.amorelay.telegram.BotApiConnection.NotSent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through real proxies on this machine, to a server that only they find: its name is nobody's. */
class TelegramProxyTest {

    private static final String LOGIN = "бот@relay:p@ss:w+rd%";
    private static final String ENCODED = "%D0%B1%D0%BE%D1%82%40relay:p%40ss%3Aw+rd%25";

    private final List<Throwable> lost = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private HttpServer telegram;

    private final Reach reach = new Reach() {
        @Override
        public boolean isLost() {
            return false;
        }

        @Override
        public void lost(NotSent failure) {
            lost.add(failure);
        }

        @Override
        public void silent(IOException failure) {
            lost.add(failure);
        }

        @Override
        public void answered(RuntimeException refusal) {
            // no trouble of the way
        }
    };

    @BeforeEach
    void start() throws IOException {
        telegram = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        telegram.createContext("/", call -> {
            bodies.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"ok\":true,\"result\":{\"message_id\":1}}".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        telegram.start();
    }

    @AfterEach
    void stop() {
        telegram.stop(0);
    }

    private String send(String proxy, Duration limit) {
        BotApiClient client = new BotApiClient(TelegramProxy.of(proxy), reach, limit);
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://api.telegram.invalid:" + telegram.getAddress().getPort() + "/bot1:t/sendMessage"))
                    .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Привет\"}")).build(),
                    BodyHandlers.ofString()).body();
        } finally {
            client.close();
        }
    }

    private String send(String proxy) {
        return send(proxy, BotApiClient.LIMIT);
    }

    @ParameterizedTest
    @CsvSource({"false,http", "true,socks5", "true,socks5h"})
    void withItsPassword(boolean socks, String scheme) throws IOException {
        try (ProxyServer proxy = new ProxyServer(socks, LOGIN)) {
            assertThat(send(scheme + "://" + ENCODED + "@127.0.0.1:" + proxy.port())).contains("message_id");
            assertThat(proxy.asked()).containsExactly("api.telegram.invalid");
        }
        assertThat(bodies).containsExactly("{\"text\":\"Привет\"}");
        assertThat(lost).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false,http", "true,socks5"})
    void withoutALogin(boolean socks, String scheme) throws IOException {
        try (ProxyServer proxy = new ProxyServer(socks, null)) {
            assertThat(send(scheme + "://127.0.0.1:" + proxy.port())).contains("message_id");
        }
    }

    /** The proxy wants a login that the relay does not have, or another one: that is a fault of the set-up, and nothing was sent. */
    @ParameterizedTest
    @CsvSource({"false,http://бот:wrong@", "true,socks5://bot:wrong@", "false,http://", "true,socks5://"})
    void withAWrongPasswordOrNone(boolean socks, String begin) throws IOException {
        try (ProxyServer proxy = new ProxyServer(socks, LOGIN)) {
            String address = begin.replace("бот", "bot") + "127.0.0.1:" + proxy.port();
            assertThatThrownBy(() -> send(address)).isInstanceOf(Unreachable.class);
        }
        assertThat(bodies).isEmpty();
        assertThat(lost).singleElement().satisfies(failure -> assertThat(failure.getCause()).isInstanceOfSatisfying(ProxyRefused.class,
                refused -> assertThat(refused.isLogin()).isTrue()));
        assertThat(lost.get(0).toString() + lost.get(0).getCause()).doesNotContain("wrong");
    }

    /** The proxy lives, what it is to reach does not. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void beyondTheProxyThereIsNobody(boolean socks) throws IOException {
        telegram.stop(0);
        try (ProxyServer proxy = new ProxyServer(socks, null)) {
            String address = (socks ? "socks5" : "http") + "://127.0.0.1:" + proxy.port();
            assertThatThrownBy(() -> send(address)).isInstanceOf(Unreachable.class);
        }
        assertThat(lost).singleElement().isInstanceOf(NotSent.class);
    }

    /** Blocked networks take the connection and say nothing more: nothing has left, so nothing is in doubt. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void aProxyThatSaysNothing(String scheme) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> send(scheme + "://127.0.0.1:" + silent.getLocalPort(), Duration.ofSeconds(1))).isInstanceOf(Unreachable.class);
        }
        assertThat(lost).singleElement().isInstanceOf(NotSent.class);
    }

    @Test
    void aBlockedNetworkIsSilentInTheMiddleOfTls() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            BotApiClient client = new BotApiClient(null, reach, Duration.ofSeconds(1));
            assertThatThrownBy(() -> client.send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/bot1:t/sendMessage"))
                    .POST(HttpRequest.BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString())).isInstanceOf(Unreachable.class);
            client.close();
        }
        assertThat(lost).singleElement().isInstanceOf(NotSent.class);
    }

    @Test
    void noSecretIsTold() {
        assertThat(TelegramProxy.of("socks5://" + ENCODED + "@[::1]:1080")).hasToString("socks5://::1:1080")
                .isEqualTo(new TelegramProxy(true, "::1", 1080, "бот@relay", "p@ss:w+rd%"));
        assertThat(TelegramProxy.of(" ")).isNull();
    }
}
