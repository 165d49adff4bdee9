package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.tokens.IdleTokens;
import dev.amorelay.database.TemplateDatabase;
import dev.amorelay.delivery.StartupWork;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A relay without a long-lived token: consent, refresh and the end of it, through the doors and the sandbox. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class OAuthRoadIT {

    private static final int PORT = Ports.free();
    private static final String OWN_HOST = "127.0.0.1:" + PORT;
    private static final String DOOR = "http://" + OWN_HOST + "/webhook/amocrm";
    private static final String CLIENT = "00000000-0000-4000-8000-000000000001";
    private static final String SECRET = "sandbox-secret";
    private static final long ACCOUNT = 31_000_001;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private IdleTokens idle;

    @Autowired
    private StartupWork start;

    @DynamicPropertySource
    static void ownPlace(DynamicPropertyRegistry registry) throws IOException {
        Path data = TemplateDatabase.directory();
        int management = Ports.free();
        int smtp = Ports.free();
        StillClocks.SETTINGS.forEach((name, value) -> registry.add(name, () -> value));
        registry.add("server.port", () -> PORT);
        registry.add("management.server.port", () -> management);
        registry.add("sandbox.smtp-port", () -> smtp);
        registry.add("relay.data-dir", data::toString);
        registry.add("relay.amocrm.rate-limits", () -> "1000/1s");
        registry.add("relay.amocrm.access-token", () -> "");
        registry.add("relay.amocrm.client-id", () -> CLIENT);
        registry.add("relay.amocrm.client-secret", () -> SECRET);
        registry.add("relay.amocrm.redirect-uri", () -> DOOR);
        registry.add("relay.amocrm.id", () -> ACCOUNT);
        // the consent comes to the address without a key all the same
        registry.add("relay.webhook-key", () -> "key-of-the-hooks");
    }

    @BeforeEach
    void noConsentYet() {
        // what else is left waits for a token
        await().until(() -> start.left().stream().allMatch(one -> one.startsWith("crm.")));
        onlyTheTestAsks();
        jdbc.update("DELETE FROM oauth_tokens");
        jdbc.update("DELETE FROM amocrm_accounts");
        // the relay may keep the token of the test before in memory
        postJson("/sandbox/api/oauth/expire", "{}");
        postJson("/sandbox/api/calls/reset", "{}");
    }

    /** The sandbox tells of each test lead by a webhook: a worker that read it would find the fault before the test does. */
    private void onlyTheTestAsks() {
        jdbc.update("INSERT INTO paused_kinds (kind) VALUES ('inbox'), ('crm.hook-watch'), ('crm.reconciliation') ON CONFLICT DO NOTHING");
        await().until(() -> jdbc.queryForObject("""
                SELECT NOT EXISTS (SELECT FROM amocrm_webhook_events WHERE processed = false AND locked_until > now())
                    AND NOT EXISTS (SELECT FROM outbox WHERE status IN ('pending', 'failed') AND locked_until > now())""", Boolean.class));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + OWN_HOST + path));
    }

    private static HttpRequest.Builder asAdmin(String path) {
        return to(path).header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> postJson(String path, String body) {
        return send(to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> redirected(String query) {
        return send(HttpRequest.newBuilder(URI.create(DOOR + query)));
    }

    private static String code() {
        return Json.read(postJson("/sandbox/api/oauth/code", Json.write(Json.object().put("redirect_uri", DOOR))).body()).path("code").asText();
    }

    private static String state() {
        String link = Json.read(send(asAdmin("/api/admin/oauth/link")).body()).path("link").asText();
        return link.replaceAll(".*[?&]state=([^&]*).*", "$1");
    }

    private static HttpResponse<String> consent() {
        return redirected("?code=" + code() + "&referer=" + OWN_HOST + "&client_id=" + CLIENT + "&state=" + state() + "&platform=1");
    }

    private static long tokenCalls() {
        return Json.read(send(to("/sandbox/api/calls")).body()).path("POST /oauth2/access_token").asLong();
    }

    private static JsonNode testLead() {
        return Json.read(send(to("/ingest/test-crm")).body());
    }

    private long pairs() {
        return jdbc.queryForObject("SELECT count(*) FROM oauth_tokens", Long.class);
    }

    @Test
    void consentOpensTheCrm(CapturedOutput log) {
        assertThat(testLead().path("remedy").asText()).contains("http://" + OWN_HOST + "/api/admin/oauth/link");
        String code = code();

        HttpResponse<String> page = redirected("?code=" + code + "&referer=" + OWN_HOST + "&client_id=" + CLIENT + "&state=" + state());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Доступ получен</h1>").doesNotContain(code);
        assertThat(page.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(page.headers().allValues("Cache-Control")).anyMatch(control -> control.contains("no-store"));
        assertThat(page.headers().allValues("Content-Security-Policy")).anyMatch(policy -> policy.contains("default-src 'none'"));
        assertThat(testLead().path("status").asText()).isEqualTo("success");
        assertThat(log.getAll()).contains("consent given").doesNotContain(code).doesNotContain("def50200").doesNotContain(SECRET);
    }

    @Test
    void anExpiredTokenIsRefreshedWithinTheCall() {
        consent();
        long before = tokenCalls();
        postJson("/sandbox/api/oauth/expire", "{}");

        assertThat(testLead().path("status").asText()).isEqualTo("success");
        assertThat(tokenCalls()).isEqualTo(before + 1);
        assertThat(testLead().path("status").asText()).isEqualTo("success");
        assertThat(tokenCalls()).isEqualTo(before + 1);
    }

    @Test
    void aRenamedAccountIsFound() {
        consent();
        String home = Json.read(postJson("/sandbox/api/rename", "{}").body()).path("home").asText();
        try {
            jdbc.update("UPDATE oauth_tokens SET refreshed_at = now() - interval '8 days'");

            assertThat(idle.refresh()).isEqualTo(1);
            assertThat(jdbc.queryForObject("SELECT address FROM oauth_tokens", String.class)).isEqualTo("http://" + OWN_HOST + home);
            assertThat(testLead().path("status").asText()).isEqualTo("success");
        } finally {
            postJson("/sandbox/api/rename", "{\"renamed\":false}");
        }
    }

    /** How amoCRM refuses a refresh, and what a person reads of it in the test, in the log and in the account's state. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE sandbox.tokens SET redirect_uri = 'https://x.example.com' | | auth-required | адрес перенаправления не тот | AMOCRM_REDIRECT_URI
            DELETE FROM sandbox.tokens WHERE kind = 'REFRESH'                | | auth-required | доступ отозван или истёк     | /api/admin/oauth/link
            | unauthorized | auth-required | AMOCRM_CLIENT_ID и AMOCRM_CLIENT_SECRET не те, которыми выпущен токен | Ключи и доступы
            | payment      | unpaid        | не оплачен   | оплатите
            | html403      | blocked       | заблокировала | поддержку
            """)
    void everyRefusalIsToldInTheTestTheLogAndTheState(String spoil, String fault, String state, String cause, String remedy, CapturedOutput log) {
        consent();
        postJson("/sandbox/api/oauth/expire", "{}");
        if (spoil != null) {
            jdbc.update(spoil);
        } else {
            postJson("/sandbox/api/faults", "{\"fault\":\"" + fault + "\",\"on\":\"POST oauth2/access_token\"}");
        }
        try {
            int before = log.getAll().length();
            JsonNode told = testLead();
            assertThat(told.path("status").asText()).isEqualTo("error");
            assertThat(told.path("cause").asText()).contains(cause);
            assertThat(told.path("remedy").asText()).contains(remedy);
            assertThat(jdbc.queryForMap("SELECT state, cause, remedy FROM amocrm_accounts WHERE name = 'default'")).containsEntry("state", state)
                    .containsEntry("cause", told.path("cause").asText()).containsEntry("remedy", told.path("remedy").asText());
            assertThat(log.getAll().substring(before)).contains("amoCRM account default: " + told.path("cause").asText())
                    .contains(told.path("remedy").asText());
        } finally {
            send(to("/sandbox/api/faults").DELETE());
        }
    }

    @Test
    void theLinkIsForTheAdmin() {
        assertThat(send(to("/api/admin/oauth/link")).statusCode()).isEqualTo(401);
        assertThat(postJson("/api/admin/oauth/code", "{\"code\":\"x\"}").statusCode()).isEqualTo(401);

        HttpResponse<String> answer = send(asAdmin("/api/admin/oauth/link"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body()).path("link").asText())
                .startsWith("https://www.amocrm.ru/oauth?client_id=" + CLIENT + "&state=").endsWith("&mode=popup");
        assertThat(send(asAdmin("/api/admin/oauth/link?account=nobody")).statusCode()).isEqualTo(404);
    }

    @Test
    void theAdminPastesACode() {
        HttpResponse<String> answer = send(asAdmin("/api/admin/oauth/code").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(Json.object().put("code", code()).put("account", "default")))));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body()).path("status").asText()).isEqualTo("success");
        assertThat(testLead().path("status").asText()).isEqualTo("success");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json | {"code":"no such"} | 502 | код доступа
            application/json | {}                 | 400 | нет кода
            application/json | not json           | 400 | нет кода
            application/json | {"code":"c","account":"nobody"} | 404 | нет такого аккаунта
            text/plain       | {"code":"c"}       | 415 | JSON
            """)
    void whatIsWrongWithAPastedCodeIsTold(String type, String body, int status, String cause) {
        HttpResponse<String> answer = send(asAdmin("/api/admin/oauth/code").header("Content-Type", type).POST(BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.read(answer.body()).path("cause").asText()).contains(cause);
        assertThat(Json.read(answer.body()).path("remedy").asText()).isNotEmpty();
    }

    @Test
    void aCodeWorksOnce() {
        String query = "?code=" + code() + "&referer=" + OWN_HOST + "&state=" + state();
        assertThat(redirected(query).statusCode()).isEqualTo(200);

        HttpResponse<String> again = redirected(query);
        assertThat(again.statusCode()).isEqualTo(502);
        assertThat(again.body()).contains("Доступ не получен").contains("уже использован");
        assertThat(testLead().path("status").asText()).as("the pair of the first time stays").isEqualTo("success");
    }

    @Test
    void aStateWorksOnceAlsoWithAnotherCode() {
        String state = "&referer=" + OWN_HOST + "&state=" + state();
        assertThat(redirected("?code=" + code() + state).statusCode()).isEqualTo(200);
        long calls = tokenCalls();

        HttpResponse<String> again = redirected("?code=" + code() + state);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("Эта ссылка уже использована");
        assertThat(tokenCalls()).as("nothing is asked of amoCRM").isEqualTo(calls);
        assertThat(testLead().path("status").asText()).isEqualTo("success");
    }

    @Test
    void aCodeThatWasExchangedIsNotSentAgainByAnyRoad() {
        String code = code();
        assertThat(redirected("?code=" + code + "&referer=" + OWN_HOST + "&client_id=" + CLIENT + "&from_widget=1").statusCode()).isEqualTo(200);
        long calls = tokenCalls();

        assertThat(redirected("?code=" + code + "&referer=" + OWN_HOST + "&client_id=" + CLIENT + "&from_widget=1").statusCode()).isEqualTo(502);
        assertThat(redirected("?code=" + code + "&referer=" + OWN_HOST + "&state=" + state()).statusCode()).isEqualTo(502);
        assertThat(send(asAdmin("/api/admin/oauth/code").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(Json.object().put("code", code))))).body()).contains("уже использован");
        assertThat(tokenCalls()).isEqualTo(calls);
    }

    @Test
    void aCodeThatNobodyTookMayComeAgain() {
        String code = code();
        postJson("/sandbox/api/faults", "{\"fault\":\"payment\",\"on\":\"POST oauth2/access_token\"}");
        try {
            assertThat(redirected("?code=" + code + "&referer=" + OWN_HOST + "&state=" + state()).statusCode()).isEqualTo(502);
        } finally {
            send(to("/sandbox/api/faults").DELETE());
        }
        assertThat(redirected("?code=" + code + "&referer=" + OWN_HOST + "&state=" + state()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&state=", "&state=ZGVmYXVsdA.9999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "&state=%00%ff"})
    void withoutAStateOfOursNothingIsExchanged(String state) {
        HttpResponse<String> page = redirected("?code=" + code() + "&referer=" + OWN_HOST + "&client_id=" + CLIENT + state);

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(tokenCalls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.com", "evil-amocrm.ru", "amocrm.ru.evil.com", "user@example.amocrm.ru", "127.0.0.1", "127.0.0.1:1", "<script>"})
    void aStrangersHostSeesNothing(String referer) {
        HttpResponse<String> page = redirected("?code=" + code() + "&referer=" + URLEncoder.encode(referer, StandardCharsets.UTF_8) + "&state=" + state());

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("не принадлежит amoCRM").doesNotContain("<script>");
        assertThat(tokenCalls()).isZero();
    }

    @Test
    void aRefusedConsentIsTold() {
        HttpResponse<String> page = redirected("?error=access_denied&client_id=" + CLIENT + "&state=" + state());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Доступ не выдан").contains("Отклонить");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?code=", "?x=1&&=&y", "?referer=example.amocrm.ru", "?%zz=%zz"})
    void anythingElseGetsAPage(String query) throws IOException {
        // java.net.URI would not let the last one out
        HttpResponse<String> page = redirected(query.replace("%zz", "%25zz"));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("Здесь ничего нет");
    }

    @Test
    void anInstallationComesWithoutAState() {
        assertThat(redirected("?code=" + code() + "&referer=" + OWN_HOST + "&client_id=someone-else&from_widget=1").statusCode()).isEqualTo(400);
        assertThat(tokenCalls()).isZero();

        HttpResponse<String> answer = redirected("?code=" + code() + "&referer=" + OWN_HOST + "&client_id=" + CLIENT + "&from_widget=1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(testLead().path("status").asText()).isEqualTo("success");
    }

    @Test
    void theSignedHookEndsTheConsent() throws GeneralSecurityException {
        consent();
        String hook = "?client_uuid=" + CLIENT + "&account_id=" + ACCOUNT + "&signature=";

        assertThat(redirected(hook + "0".repeat(64)).statusCode()).isEqualTo(403);
        assertThat(redirected("?client_uuid=" + CLIENT + "&account_id=5&signature=" + signature(ACCOUNT)).statusCode()).isEqualTo(403);
        assertThat(redirected("?client_uuid=" + CLIENT + "&account_id=5&signature=" + signature(5)).statusCode()).as("not served here").isEqualTo(200);
        assertThat(pairs()).isEqualTo(1);

        assertThat(redirected(hook + signature(ACCOUNT)).statusCode()).isEqualTo(200);
        assertThat(pairs()).isZero();
        assertThat(jdbc.queryForMap("SELECT state, cause FROM amocrm_accounts WHERE name = 'default'"))
                .containsEntry("state", "auth-required").containsEntry("cause", "интеграцию отключили в amoCRM");
        assertThat(testLead().path("remedy").asText()).contains("/api/admin/oauth/link");

        assertThat(consent().statusCode()).as("a new consent is not held back").isEqualTo(200);
        assertThat(testLead().path("status").asText()).isEqualTo("success");

        assertThat(redirected(hook + signature(ACCOUNT)).statusCode()).as("the same notice out of somebody's log").isEqualTo(200);
        assertThat(pairs()).isEqualTo(1);
        assertThat(testLead().path("status").asText()).isEqualTo("success");
    }

    private static String signature(long account) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal((CLIENT + "|" + account).getBytes(StandardCharsets.UTF_8)));
    }
}
