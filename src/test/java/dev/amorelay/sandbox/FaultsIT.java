package dev.amorelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.sandbox.SandboxRunning.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can go wrong at the stand-ins for amoCRM and Telegram, over real HTTP. */
class FaultsIT {

    private static SandboxRunning sandbox;

    @BeforeAll
    static void start() throws IOException {
        sandbox = new SandboxRunning();
    }

    @AfterAll
    static void stop() throws IOException {
        sandbox.close();
    }

    @AfterEach
    void clear() {
        assertThat(sandbox.call("DELETE", "/sandbox/api/faults", null, null).at("/faults")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"error500, 500, application/problem+json, false", "error500_after, 500, application/problem+json, true",
        "error504_after, 504, text/html, true", "html403, 403, text/html, false", "error429, 429, application/problem+json, false",
        "nonsense, 200, text/html, false", "unauthorized, 401, application/problem+json, false",
        "payment, 402, application/problem+json, false", "redirect, 302, text/html, false"})
    void answersInPlaceOfTheWorkOrAfterIt(String fault, int status, String type, boolean done) {
        fault("{\"fault\":\"" + fault + "\",\"on\":\"POST leads\"}");
        String name = name();

        Answer answer = create(name);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).startsWith(type);
        assertThat(isThere(name)).isEqualTo(done);
    }

    @ParameterizedTest
    @CsvSource({"drop_before, false", "drop_after, true"})
    void losesTheConnection(String fault, boolean done) throws IOException {
        fault("{\"fault\":\"" + fault + "\",\"on\":\"POST leads\"}");
        String name = name();

        assertThatThrownBy(() -> create(name)).isInstanceOf(UncheckedIOException.class);
        assertThat(isThere(name)).isEqualTo(done);
        // not one byte comes, and then the end
        assertThat(raw("POST", "/sandbox/amocrm/api/v4/leads", "[{\"name\":\"" + name() + "\"}]")).isEmpty();
    }

    @Test
    void answersLateAndAtOnceWhenTheFaultIsCleared() {
        fault("{\"fault\":\"slow\",\"ms\":300,\"on\":\"GET account\"}");
        long start = System.nanoTime();
        assertThat(sandbox.crm("GET", "/api/v4/account", null).at("/id").asLong()).isEqualTo(31000001);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void ignoresFiltersAndListsStrangers() {
        long first = create(name()).at("/_embedded/leads/0/id").asLong();
        long second = create(name()).at("/_embedded/leads/0/id").asLong();
        String path = "/api/v4/leads?limit=250&filter%5Bid%5D%5B%5D=" + first;
        fault("{\"fault\":\"filters_ignored\"}");

        assertThat(sandbox.crm("GET", path, null).at("/_embedded/leads").findValuesAsText("id"))
                .contains(Long.toString(first), Long.toString(second));
        clear();
        assertThat(sandbox.crm("GET", path, null).at("/_embedded/leads").findValuesAsText("id")).containsExactly(Long.toString(first));
    }

    @Test
    void findsLongAndHeavyRequestsTooMuch() {
        fault("[{\"fault\":\"uri_too_long\",\"bytes\":2000},{\"fault\":\"too_heavy\",\"ids\":20}]");

        assertThat(list(200)).isEqualTo(414);
        assertThat(list(21)).isEqualTo(504);
        assertThat(list(20)).isEqualTo(204);
    }

    @Test
    void redirectsToAnotherHostAndTellsWhenToComeAgain() throws IOException {
        fault("[{\"fault\":\"redirect\",\"to\":\"http://thief.example.com\",\"count\":1},{\"fault\":\"error429\",\"retry_after\":17}]");

        assertThat(raw("GET", "/sandbox/amocrm/api/v4/account", "")).startsWith("HTTP/1.1 302")
                .contains("Location: http://thief.example.com/sandbox/amocrm/api/v4/account");
        assertThat(sandbox.crm("GET", "/api/v4/account", null).at("/retry_after").asLong()).isEqualTo(17);
    }

    @Test
    void keepsToShareCountAndSeed() {
        fault("{\"fault\":\"error500\",\"percent\":20,\"seed\":5,\"on\":\"GET account\"}");
        long first = IntStream.range(0, 200).filter(i -> sandbox.crm("GET", "/api/v4/account", null).status() == 500).count();
        assertThat(first).isBetween(20L, 60L);
        JsonNode told = sandbox.call("GET", "/sandbox/api/faults", null, null).at("/faults/0");
        assertThat(told.get("seen").asLong()).isEqualTo(200);
        assertThat(told.get("hits").asLong()).isEqualTo(first);
        assertThat(told.get("account").asText()).isEqualTo("a");

        clear();
        fault("{\"fault\":\"error500\",\"count\":3}");
        assertThat(IntStream.range(0, 10).map(i -> sandbox.crm("GET", "/api/v4/account", null).status()).filter(status -> status == 500).count())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"fault\":\"frogs\"}", "{\"fault\":\"error500\",\"at\":\"moon\"}", "[5]", "{\"fault\":\"drop\",\"at\":\"smtp\"}"})
    void refusesUnknownFaults(String wish) {
        assertThat(sandbox.call("POST", "/sandbox/api/faults", wish, null).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"fault\":\"error429\",\"retry_after\":3}         | 429 | /parameters/retry_after | 3",
        "{\"fault\":\"forbidden\"}                           | 403 | /description | Forbidden: bot was blocked by the user",
        "{\"fault\":\"migrated\",\"chat_id\":-1009990001112} | 400 | /parameters/migrate_to_chat_id | -1009990001112",
        "{\"fault\":\"error500\"}                            | 500 | /error_code | 500",
    })
    void refusesTelegramMessages(String fault, int status, String pointer, String told) {
        fault("{\"at\":\"telegram\",\"count\":1," + fault.substring(1));

        Answer refused = telegram("{\"chat_id\":700100,\"text\":\"x\"}");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.at("/ok").asBoolean(true)).isFalse();
        assertThat(refused.at(pointer).asText()).isEqualTo(told);
        assertThat(telegram("{\"chat_id\":-1009990001112,\"text\":\"x\"}").at("/result/chat/type").asText()).isEqualTo("supergroup");
    }

    @ParameterizedTest
    @CsvSource({"drop_before, 0", "drop_after, 1"})
    void losesTelegramsConnection(String fault, int sent) {
        fault("{\"at\":\"telegram\",\"fault\":\"" + fault + "\",\"on\":\"sendMessage\"}");
        String text = name();

        assertThatThrownBy(() -> telegram("{\"chat_id\":700100,\"text\":\"" + text + "\"}")).isInstanceOf(UncheckedIOException.class);
        assertThat(sandbox.call("GET", "/sandbox/api/state", null, null).at("/messages").findValuesAsText("text").stream()
                .filter(text::equals)).hasSize(sent);
    }

    private static void fault(String wish) {
        Answer answer = sandbox.call("POST", "/sandbox/api/faults", wish, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static Answer create(String name) {
        return sandbox.crm("POST", "/api/v4/leads", "[{\"name\":\"" + name + "\"}]");
    }

    private static boolean isThere(String name) {
        return sandbox.crm("GET", "/api/v4/leads?query=" + URLEncoder.encode(name, StandardCharsets.UTF_8), null).status() == 200;
    }

    private static int list(int ids) {
        return sandbox.crm("GET", "/api/v4/leads?" + String.join("&", IntStream.range(1, ids + 1)
                .mapToObj(id -> "filter%5Bid%5D%5B%5D=" + id).toList()), null).status();
    }

    private static Answer telegram(String body) {
        return sandbox.call("POST", "/sandbox/telegram/bot700:token/sendMessage", body, null);
    }

    private static String name() {
        return "Имя-" + System.nanoTime();
    }

    private static String raw(String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", sandbox.port())) {
            socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sandbox\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
