package dev.amorelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amorelay.sandbox.SandboxRunning.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of the stand-in, and the zone of its accounts, over real HTTP, set by property and at run time. */
class LimitsIT {

    private static SandboxRunning sandbox;

    @BeforeAll
    static void start() throws IOException {
        sandbox = new SandboxRunning("sandbox.rate-limits=5/1s", "sandbox.block-for=2s", "sandbox.time-zone=Asia/Vladivostok");
    }

    @AfterAll
    static void stop() throws IOException {
        sandbox.close();
    }

    @BeforeEach
    void fromNothing() {
        set("{\"rate_limits\":\"5/1s,8/1h\",\"answer_429\":\"json\",\"latency_ms\":0,\"jitter_ms\":0}");
        sandbox.call("DELETE", "/sandbox/api/limits", null, null);
    }

    @Test
    void countsDaysInTheZoneThatIsSet() {
        assertThat(sandbox.crm("GET", "/api/v4/account?with=datetime_settings", null)
                .at("/_embedded/datetime_settings/timezone").asText()).isEqualTo("Asia/Vladivostok");
    }

    @Test
    void refusesTheCallTooManyAndCountsIt() {
        List<Integer> answers = IntStream.range(0, 5).map(i -> account().status()).boxed().toList();
        Answer sixth = account();

        assertThat(answers).containsOnly(200);
        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.type()).startsWith("application/problem+json");
        assertThat(sixth.at("/title").asText()).isEqualTo("Too Many Requests");
        assertThat(sixth.at("/retry_after").asLong()).isEqualTo(1);
        Answer counted = sandbox.call("GET", "/sandbox/api/limits", null, null);
        assertThat(counted.at("/windows/0/limit").asInt()).isEqualTo(5);
        assertThat(counted.at("/windows/0/span_ms").asLong()).isEqualTo(1000);
        assertThat(counted.at("/windows/0/fullest").asInt()).isEqualTo(6);
        assertThat(counted.at("/windows/1/fullest").asInt()).isEqualTo(6);
        assertThat(counted.at("/passed").asLong()).isEqualTo(5);
        assertThat(counted.at("/refused").asLong()).isEqualTo(1);
        assertThat(sandbox.call("GET", "/sandbox/api/calls", null, null).at("/GET ~1api~1v4~1account").asLong()).isEqualTo(6);
        await().atMost(Duration.ofSeconds(5)).pollDelay(Duration.ofMillis(1000)).until(() -> account().status() == 200);
    }

    @Test
    void refusesOneOfManyAtOnce() {
        set("{\"rate_limits\":\"50/1h\"}");
        long passed = IntStream.range(0, 59).parallel().filter(i -> account().status() == 200).count();

        assertThat(passed).isEqualTo(50);
        assertThat(sandbox.call("GET", "/sandbox/api/limits", null, null).at("/refused").asLong()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"json_bare, application/problem+json", "text, text/plain"})
    void refusesInOtherForms(String form, String type) {
        set("{\"rate_limits\":\"1/1h\",\"answer_429\":\"" + form + "\"}");
        account();

        Answer refused = account();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.type()).startsWith(type);
        assertThat(refused.body()).doesNotContain("retry_after");
    }

    @Test
    void blocksEverythingAfterTenRefusalsForAWhile() {
        IntStream.range(0, 15).forEach(i -> account());

        Answer blocked = sandbox.call("POST", "/sandbox/amocrm/oauth2/access_token", "{}", null);
        assertThat(blocked.status()).isEqualTo(403);
        assertThat(blocked.type()).startsWith("text/html");
        assertThat(blocked.body()).contains("nginx");
        set("{\"rate_limits\":\"none\"}");
        assertThat(account().status()).isEqualTo(403);
        assertThat(sandbox.call("GET", "/sandbox/amocrm-b/api/v4/account", null, "Bearer sandbox").status()).isEqualTo(200);
        await().until(() -> account().status() == 200);
    }

    @Test
    void blocksOnDemandAndLiftsIt() {
        set("{\"blocked_for_ms\":600000}");
        assertThat(account().status()).isEqualTo(403);
        assertThat(sandbox.call("GET", "/sandbox/api/limits", null, null).at("/blocked_for_ms").asLong()).isBetween(500_000L, 600_000L);
        sandbox.call("DELETE", "/sandbox/api/limits", null, null);
        assertThat(account().status()).isEqualTo(200);
    }

    @Test
    void takesItsTime() {
        set("{\"latency_ms\":200,\"jitter_ms\":50}");
        long start = System.nanoTime();
        assertThat(account().status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void refusesSettingsItDoesNotUnderstand() {
        for (String wish : List.of("{\"rate_limits\":\"many\"}", "{\"answer_429\":\"poem\"}")) {
            assertThat(sandbox.call("POST", "/sandbox/api/limits", wish, null).status()).isEqualTo(400);
        }
        assertThat(sandbox.call("GET", "/sandbox/api/limits?account=z", null, null).status()).isEqualTo(404);
    }

    private static Answer account() {
        return sandbox.crm("GET", "/api/v4/account", null);
    }

    private static void set(String wish) {
        assertThat(sandbox.call("POST", "/sandbox/api/limits", wish, null).status()).isEqualTo(200);
    }
}
