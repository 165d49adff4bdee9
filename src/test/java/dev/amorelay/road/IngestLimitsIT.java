package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands between a flood of leads and the CRM, under amoCRM's own limits. */
class IngestLimitsIT {

    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static HttpServer captcha;
    private static StartedRelay relay;

    @BeforeAll
    static void start() throws IOException {
        captcha = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        captcha.createContext("/", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            ASKED.add(form);
            String token = form.replaceAll(".*[&?]token=([^&]*).*", "$1");
            byte[] answer = answerOf(token).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(token.equals("down") ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        captcha.start();
        relay = StartedRelay.first("7/1s,250/1m,7000/1h", Map.of("relay.ingest-limits.per-address", "20/1m", "relay.ingest-limits.per-person", "5/1h",
                "relay.ingest-limits.honeypot", "website2,fax_number", "relay.captcha.url", "http://127.0.0.1:" + captcha.getAddress().getPort() + "/validate",
                "relay.captcha.secret", "ключ-сервера", "relay.captcha.sources", "site_form", "relay.trusted-proxies", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        relay.close();
        captcha.stop(0);
    }

    /** As the services' documents say. */
    private static String answerOf(String token) {
        return switch (token) {
            case "ya-ok" -> "{\"status\":\"ok\",\"message\":\"\",\"host\":\"example.com\"}";
            case "ya-bad" -> "{\"status\":\"failed\",\"message\":\"Token invalid or expired.\",\"host\":\"\"}";
            case "cf-ok" -> "{\"success\":true,\"challenge_ts\":\"2026-11-27T12:00:00Z\",\"hostname\":\"example.com\",\"error-codes\":[]}";
            case "cf-bad" -> "{\"success\":false,\"error-codes\":[\"invalid-input-response\"]}";
            case "cf-secret" -> "{\"success\":false,\"error-codes\":[\"invalid-input-secret\"]}";
            default -> "";
        };
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(200));
    }

    private static boolean isSent(String lead) {
        return relay.jdbc().queryForObject("SELECT count(*) FROM leads WHERE id = ?::uuid AND status = 'sent'", Long.class, lead) == 1;
    }

    /** Each from an address of its own, through a proxy that is named. */
    private static HttpResponse<String> post(String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(relay.url("/ingest/leads"))).header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Forwarded-For", "198.51.100." + ADDRESSES.incrementAndGet()).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String form(String body) {
        HttpResponse<String> answer = post(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body()).path("lead_id").asText();
    }

    private static List<Map<String, Object>> owed(String lead) {
        return relay.jdbc().queryForList("SELECT kind, status, payload::text AS payload FROM outbox WHERE subject_id = ? ORDER BY id", lead);
    }

    private static String remarks(String lead) {
        return relay.jdbc().queryForObject("SELECT remarks::text FROM leads WHERE id = ?::uuid", String.class, lead);
    }

    /**
     * Told by the order of the deals and the CRM's clock: of a thousand strangers only those go before the client whose turn has come,
     * however long anything takes. {@code bench/flood} has it with a limit of seconds.
     */
    @Test
    void behindAThousandStrangersAKnownClientsLeadIsInTheCrmBeforeThem() {
        String known = "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999);
        String first = relay.ingest("site", "Знакомый", known);
        soon().until(() -> isSent(first));

        int base = ThreadLocalRandom.current().nextInt(1000000, 9990000);
        for (int i = 0; i < 1000; i++) {
            relay.ingest("site", "Наплыв " + i, "+7997" + (base + i));
        }
        long posted = System.nanoTime();
        String lead = relay.ingest("site", "Знакомый снова", known);
        soon().pollInterval(Duration.ofMillis(50)).until(() -> isSent(lead));
        double seconds = (System.nanoTime() - posted) / 1e9;

        System.out.printf(Locale.ROOT, "flood: the lead of a known client was in the CRM after %.1f s, behind 1000 of strangers%n", seconds);
        assertThat(relay.jdbc().queryForObject("SELECT count(*) FROM leads WHERE phone_e164 LIKE '+7997%' AND status = 'new'", Long.class))
                .as("strangers whose turn has not come").isGreaterThan(800);
        assertThat(relay.jdbc().queryForObject("SELECT count(*) FROM outbox JOIN leads ON leads.id::text = subject_id"
                + " WHERE phone_e164 LIKE '+7997%' AND kind LIKE 'crm.lead%' AND next_attempt_at > now() + interval '1 minute'", Long.class)).isPositive();
        Map<String, Object> order = relay.jdbc().queryForMap("""
                WITH deal AS (SELECT id, (doc ->> 'created_at')::bigint AS at FROM sandbox.documents
                              WHERE kind = 'lead' AND id = (SELECT amo_lead_id FROM leads WHERE id = ?::uuid))
                SELECT (SELECT count(*) FROM leads WHERE phone_e164 LIKE '+7997%' AND amo_lead_id < deal.id) AS before,
                       deal.at - (SELECT extract(epoch FROM min(created_at)) FROM leads WHERE phone_e164 LIKE '+7997%') AS seconds
                FROM deal""", lead);
        double turns = 20 + ((Number) order.get("seconds")).doubleValue() / 3 + 1;
        assertThat(((Number) order.get("before")).doubleValue()).as("strangers' deals before the client's, whose turn had come").isLessThanOrEqualTo(turns);
        if (System.getProperty("bench.seconds") != null) {
            assertThat(seconds).isLessThanOrEqualTo(Double.parseDouble(System.getProperty("bench.seconds")));
        }
    }

    @Test
    void whatFillsInTheFieldThatNobodySeesIsStoredAndOwesNothing() {
        String lead = form("name=Bot&phone=%2B79995550101&message=buy&fax_number=1");

        assertThat(owed(lead)).isEmpty();
        assertThat(remarks(lead)).contains("похоже на робота");
        String person = form("name=Anna&phone=%2B79995550102&message=hello&fax_number=&website2=");
        assertThat(owed(person)).extracting(row -> row.get("kind")).contains("mail.lead-copy");
        assertThat(remarks(person)).isEqualTo("[]");
        assertThat(relay.jdbc().queryForObject("SELECT meta::text FROM leads WHERE id = ?::uuid", String.class, person)).doesNotContain("fax_number");
    }

    @ParameterizedTest
    @CsvSource({"smart-token,ya-ok,", "cf-turnstile-response,cf-ok,", "captcha_token,cf-secret,не принимает RELAY_CAPTCHA_SECRET", "smart-token,down,не проверена"})
    void whatTheCaptchaLetsThroughOrCannotTellGoesOnItsWay(String field, String token, String remark) {
        String lead = form("source=site_form&name=Anna&phone=%2B7999555" + ThreadLocalRandom.current().nextInt(1000, 9999) + "&" + field + "=" + token);

        soon().until(() -> owed(lead).stream().anyMatch(row -> row.get("kind").equals("mail.lead-copy")));
        // what more is owed, and who performs the lead, is the workers' who go on meanwhile
        assertThat(owed(lead)).extracting(row -> String.valueOf(row.get("kind"))).doesNotHaveDuplicates()
                .contains("lead.captcha", "mail.lead-copy").anyMatch(kind -> kind.equals("crm.lead") || kind.equals("crm.lead-of-stranger"));
        assertThat(owed(lead).get(0).get("payload").toString()).as("the token is forgotten").doesNotContain(token);
        if (remark == null) {
            assertThat(remarks(lead)).isEqualTo("[]");
            assertThat(ASKED).anyMatch(form -> form.contains("response=" + token) && form.contains("token=" + token) && form.startsWith("secret=%D0%BA"));
        } else {
            assertThat(remarks(lead)).contains(remark);
        }
        assertThat(relay.jdbc().queryForObject("SELECT meta::text FROM leads WHERE id = ?::uuid", String.class, lead)).doesNotContain(token);
    }

    @ParameterizedTest
    @CsvSource({"smart-token,ya-bad", "cf-turnstile-response,cf-bad"})
    void whatTheCaptchaRefusesIsStoredAndOwesNothing(String field, String token) {
        String lead = form("source=site_form&name=Bot&phone=%2B7999556" + ThreadLocalRandom.current().nextInt(1000, 9999) + "&" + field + "=" + token);

        soon().until(() -> "skipped".equals(owed(lead).get(0).get("status")));
        assertThat(owed(lead)).hasSize(1);
        assertThat(remarks(lead)).contains("Капча не пройдена");
    }

    @Test
    void aFormWithoutTheTokenIsToldAndOtherSourcesNeedNone() {
        HttpResponse<String> answer = post("source=site_form&name=Anna&phone=%2B79995550109");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Подтвердите, что вы не робот");
        assertThat(owed(form("source=bot_order&name=Anna&phone=%2B79995550108"))).extracting(row -> row.get("kind")).contains("mail.lead-copy");
    }
}
