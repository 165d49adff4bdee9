package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.amorelay.json.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Telegram cannot be reached at all, as from many hosters: what is to be sent waits in its order, and everybody can see since when. */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TelegramOutageIT {

    private static final int TELEGRAM = Ports.free();
    private static final List<String> ARRIVED = new CopyOnWriteArrayList<>();
    private static final AtomicInteger REFUSE = new AtomicInteger(-1);
    /** How many messages come before the one that never gets an answer. */
    private static final AtomicInteger SWALLOW = new AtomicInteger(-1);
    private static final CountDownLatch SWALLOWED = new CountDownLatch(1);
    private static final CountDownLatch DEAD = new CountDownLatch(1);
    private static StartedRelay relay;
    private static HttpServer telegram;

    @BeforeAll
    static void start() throws Exception {
        relay = StartedRelay.first("7/1s", Map.of("relay.telegram.base-uri", "http://127.0.0.1:" + TELEGRAM));
    }

    @AfterAll
    static void stop() {
        relay.close();
        if (telegram != null) {
            telegram.stop(0);
        }
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    private static void serve() throws Exception {
        telegram = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), TELEGRAM), 0);
        telegram.createContext("/", call -> {
            JsonNode told = Json.MAPPER.readTree(call.getRequestBody().readAllBytes());
            boolean isMessage = call.getRequestURI().getPath().endsWith("/sendMessage");
            if (isMessage && SWALLOW.getAndDecrement() == 0) {
                SWALLOWED.countDown();
                await(DEAD);
                call.close();
                return;
            }
            int status = isMessage && REFUSE.getAndDecrement() == 0 ? 500 : 200;
            if (isMessage && status == 200) {
                ARRIVED.add(told.path("text").asText());
            }
            byte[] answer = (status == 200 ? "{\"ok\":true,\"result\":{\"message_id\":1,\"date\":1,\"chat\":{\"id\":1,\"type\":\"private\"}}}"
                    : "{\"ok\":false,\"description\":\"Internal Server Error\"}").getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        telegram.setExecutor(Executors.newCachedThreadPool());
        telegram.start();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void owe(int number, String machine) {
        relay.jdbc().update("""
                INSERT INTO outbox (kind, dedupe_key, subject_id, payload) VALUES ('telegram.machine-registered', ?, ?,
                    jsonb_build_object('chat', 700100200, 'serial', ?, 'machine', ?::text))""", "outage:" + number, "outage:" + number,
                "SN-" + number, machine);
    }

    private static long count(String where) {
        return relay.jdbc().queryForObject("SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'outage:%' AND " + where, Long.class);
    }

    private static double gauge(String name) {
        return relay.bean(MeterRegistry.class).get(name).gauge().value();
    }

    @Test
    @Order(1)
    void messagesWaitInTheirOrderAndTheTroubleIsSeen(CapturedOutput log) throws Exception {
        IntStream.rangeClosed(1, 3).forEach(number -> owe(number, "Станок"));
        soon().until(() -> relay.jdbc().queryForList("SELECT state FROM telegram_trouble", String.class), List.of("unreachable")::equals);
        IntStream.rangeClosed(4, 6).forEach(number -> owe(number, "Станок"));

        soon().untilAsserted(() -> {
            assertThat(gauge("relay.telegram.waiting")).isEqualTo(6);
            assertThat(gauge("relay.telegram.unreachable.seconds")).isPositive();
            Health health = ((HealthIndicator) relay.bean(HealthContributorRegistry.class).getContributor("telegram")).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("state", "unreachable").containsEntry("waiting", 6L).containsKey("unreachableSince");
            assertThat(health.getDetails().get("remedy")).asString().contains("TELEGRAM_PROXY");
        });
        assertThat(count("status IN ('pending', 'failed') AND failures = 0 AND attempts = 0 AND NOT in_doubt")).isEqualTo(6);

        serve();

        soon().until(() -> count("status = 'done'") == 6);
        assertThat(ARRIVED).hasSize(6);
        assertThat(IntStream.range(0, 6).mapToObj(i -> ARRIVED.get(i).replaceAll("(?s).*SN-", "")).toList())
                .containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(relay.jdbc().queryForObject("SELECT count(*) FROM telegram_trouble", Long.class)).isZero();
        soon().until(() -> gauge("relay.telegram.waiting") == 0 && gauge("relay.telegram.unreachable.seconds") == 0);
        assertThat(log.getOut().split("Messages wait until it is over", -1)).hasSize(2);
        assertThat(log.getOut().split("Telegram: serves again", -1)).hasSize(2);
    }

    /** The second of three parts is not taken: what goes on later begins with it. */
    @Test
    @Order(2)
    void ofALongTextEachPartIsSentOnce() {
        ARRIVED.clear();
        REFUSE.set(1);
        String words = "слово ".repeat(1600);

        owe(7, words);

        soon().until(() -> count("dedupe_key = 'outage:7' AND status = 'done'") == 1);
        assertThat(ARRIVED).hasSize(3).allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(4096));
        assertThat(ARRIVED.get(0)).startsWith("Ваше оборудование зарегистрировано!");
        assertThat(ARRIVED.get(2)).endsWith("серийный номер SN-7");
        assertThat(String.join(" ", ARRIVED).split("слово", -1)).hasSize(1601);
        assertThat(count("dedupe_key = 'outage:7' AND attempts = 2")).isEqualTo(1);
    }

    /** The node dies with the second part on its way: whoever goes on when the lease has ended begins with that one. */
    @Test
    @Order(3)
    void ofALongTextThePartsThatHaveGoneAreNotSentAgainAfterAKill() {
        ARRIVED.clear();
        SWALLOW.set(1);

        owe(8, "фраза ".repeat(1600));

        await(SWALLOWED);
        assertThat(ARRIVED).hasSize(1);
        // as if another node had taken it when the lease had ended, and were gone by now too: what the first one says counts no more
        relay.jdbc().update("UPDATE outbox SET lease = lease + 1, locked_until = now() - interval '1 second' WHERE dedupe_key = 'outage:8'");
        DEAD.countDown();
        soon().until(() -> count("dedupe_key = 'outage:8' AND status = 'done'") == 1);
        assertThat(ARRIVED).hasSize(3).doesNotHaveDuplicates();
        assertThat(ARRIVED.get(0)).startsWith("Ваше оборудование зарегистрировано!");
        assertThat(String.join(" ", ARRIVED).split("фраза", -1)).hasSize(1601);
    }
}
