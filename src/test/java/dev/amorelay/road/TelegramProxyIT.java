package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.amorelay.telegram.ProxyServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;

/** The proxy's password in a running relay, refused at first and right later: it opens the way, and is told nowhere. */
@ExtendWith(OutputCaptureExtension.class)
class TelegramProxyIT {

    private static final String PASSWORD = "Zq7-proxy-Kx3";
    private static final String BASIC = Base64.getEncoder().encodeToString(("bot:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    private static HttpServer telegram() throws Exception {
        HttpServer telegram = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        telegram.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            byte[] answer = "{\"ok\":true,\"result\":{\"message_id\":1,\"date\":1,\"chat\":{\"id\":1,\"type\":\"private\"}}}".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        telegram.start();
        return telegram;
    }

    @Test
    void thePasswordIsToldNowhere(CapturedOutput log) throws Exception {
        HttpServer telegram = telegram();
        int port = Ports.free();
        ProxyServer proxy = new ProxyServer(false, "bot:another", port);
        try (StartedRelay relay = StartedRelay.first("7/1s", Map.of(
                "relay.telegram.base-uri", "http://127.0.0.1:" + telegram.getAddress().getPort(),
                "relay.telegram.proxy", "http://bot:" + PASSWORD + "@127.0.0.1:" + port))) {
            relay.jdbc().update("""
                    INSERT INTO outbox (kind, dedupe_key, subject_id, payload) VALUES ('telegram.machine-registered', 'proxy:1', 'proxy:1',
                        '{"chat": 700100200, "serial": "SN-1", "machine": "16К20"}')""");
            soon().until(() -> relay.jdbc().queryForList("SELECT cause FROM telegram_trouble", String.class),
                    List.of("прокси для Telegram не принимает имя или пароль")::equals);

            String health = nowhere(relay, log).get("/actuator/health");
            assertThat(health).contains("unreachableSince", "Проверьте имя и пароль в TELEGRAM_PROXY");
            assertThat(log.getAll()).contains("Проверьте имя и пароль в TELEGRAM_PROXY");

            proxy.wants("bot:" + PASSWORD);
            soon().until(() -> relay.jdbc().queryForObject("SELECT status FROM outbox WHERE dedupe_key = 'proxy:1'", String.class), "done"::equals);
            assertThat(nowhere(relay, log).get("/actuator/health")).doesNotContain("unreachableSince");
        } finally {
            proxy.close();
            telegram.stop(0);
        }
        assertThat(log.getAll()).doesNotContain(PASSWORD, BASIC);
    }

    /** Log, MBeans, what the management port and the console's doors tell, and the database. */
    private static Map<String, String> nowhere(StartedRelay relay, CapturedOutput log) throws Exception {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("log", log.getAll());
        told.put("MBeans", mbeans());
        String management = "http://127.0.0.1:" + relay.bean(Environment.class).getProperty("management.server.port");
        for (String path : List.of("/actuator/health", "/actuator/info", "/actuator/prometheus", "/actuator/metrics", "/actuator/env",
                "/actuator/configprops")) {
            HttpResponse<String> answer = asked(management + path);
            told.put(path, answer.body());
            assertThat(answer.statusCode()).as(path).isEqualTo(path.matches(".*/(env|configprops)") ? 404 : 200);
        }
        for (String table : List.of("telegram_trouble", "outbox")) {
            told.put(table, String.join("\n", relay.jdbc().queryForList("SELECT row::text FROM " + table + " row", String.class)));
        }
        assertThat(told.get("MBeans")).contains("org.apache.camel");
        told.forEach((place, text) -> assertThat(text).as(place).doesNotContain(PASSWORD, BASIC));
        return told;
    }

    private static HttpResponse<String> asked(String address) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address)).header("Authorization", Jolokia.ADMIN).build(),
                BodyHandlers.ofString());
    }

    private static String mbeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder all = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            all.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    Object value = server.getAttribute(name, attribute.getName());
                    all.append(value instanceof Object[] many ? Arrays.deepToString(many) : value).append('\n');
                } catch (JMException | RuntimeException e) {
                    all.append(e.getMessage()).append('\n');
                }
            }
        }
        return all.toString();
    }
}
