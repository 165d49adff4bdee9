package dev.amorelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.SandboxRunning.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several accounts, their tokens and names, data in bulk, and webhooks that go elsewhere. */
class AccountsIT {

    private static final String REDIRECT = "https://relay.example.com/webhook/amocrm";
    private static SandboxRunning sandbox;

    @BeforeAll
    static void start() throws IOException {
        sandbox = new SandboxRunning("sandbox.own-hooks=false", "sandbox.access-token-seconds=3600");
    }

    @AfterAll
    static void stop() throws IOException {
        sandbox.close();
    }

    @Test
    void keepsAccountsApart() {
        assertThat(at("b", "GET", "/api/v4/account", null).at("/id").asLong()).isEqualTo(31000002);
        assertThat(at("b", "GET", "/api/v4/account", null).at("/subdomain").asText()).isEqualTo("sandbox-b");
        assertThat(at("c", "GET", "/api/v4/account", null).at("/id").asLong()).isEqualTo(31000003);
        Answer created = at("b", "POST", "/api/v4/leads", "[{\"name\":\"Сделка Б\",\"status_id\":80953558}]");
        long lead = created.at("/_embedded/leads/0/id").asLong();
        assertThat(created.at("/_embedded/leads/0/_links/self/href").asText()).endsWith("/sandbox/amocrm-b/api/v4/leads/" + lead);

        assertThat(at("b", "GET", "/api/v4/leads/" + lead, null).at("/account_id").asLong()).isEqualTo(31000002);
        assertThat(sandbox.crm("GET", "/api/v4/leads/" + lead, null).status()).isEqualTo(404);
        assertThat(sandbox.crm("PATCH", "/api/v4/leads/" + lead, "{\"price\":5}").status()).isEqualTo(404);
        assertThat(sandbox.crm("GET", "/api/v4/leads?filter%5Bid%5D%5B%5D=" + lead, null).status()).isEqualTo(204);
        assertThat(sandbox.call("POST", "/sandbox/api/leads/" + lead + "/win?account=b", "{}", null).status()).isEqualTo(200);
        String events = "/api/v4/events?filter%5Btype%5D=lead_status_changed&filter%5Bentity_id%5D=" + lead;
        assertThat(at("b", "GET", events, null).at("/_embedded/events")).hasSize(1);
        assertThat(sandbox.crm("GET", events, null).status()).isEqualTo(204);
    }

    @Test
    void oneAccountsTroubleIsNotAnothers() {
        sandbox.call("POST", "/sandbox/api/faults?account=b", "{\"fault\":\"html403\"}", null);
        sandbox.call("POST", "/sandbox/api/limits?account=c", "{\"rate_limits\":\"1/1h\"}", null);
        at("c", "GET", "/api/v4/account", null);

        assertThat(at("b", "GET", "/api/v4/account", null).status()).isEqualTo(403);
        assertThat(at("c", "GET", "/api/v4/account", null).status()).isEqualTo(429);
        assertThat(sandbox.crm("GET", "/api/v4/account", null).status()).isEqualTo(200);
        assertThat(sandbox.call("GET", "/sandbox/api/calls?account=c", null, null).at("/GET ~1api~1v4~1account").asLong()).isGreaterThanOrEqualTo(2);

        sandbox.call("DELETE", "/sandbox/api/faults?account=b", null, null);
        sandbox.call("POST", "/sandbox/api/limits?account=c", "{\"rate_limits\":\"none\"}", null);
        assertThat(at("b", "GET", "/api/v4/account", null).status()).isEqualTo(200);
        assertThat(at("c", "GET", "/api/v4/account", null).status()).isEqualTo(200);
    }

    @Test
    void tokensOfOneAccountDoNotOpenAnother() {
        JsonNode pair = firstPair("b");
        String bearer = "Bearer " + pair.get("access_token").asText();

        assertThat(pair.get("expires_in").asLong()).isEqualTo(3600);
        assertThat(sandbox.call("GET", "/sandbox/amocrm-b/api/v4/account", null, bearer).status()).isEqualTo(200);
        assertThat(sandbox.call("GET", "/sandbox/amocrm/api/v4/account", null, bearer).status()).isEqualTo(401);
        assertThat(refresh("", pair.get("refresh_token").asText()).at("/hint").asText()).isEqualTo("Cannot decrypt the refresh token");
        JsonNode claims = Json.read(new String(Base64.getUrlDecoder().decode(pair.get("access_token").asText().split("\\.")[1]),
                StandardCharsets.UTF_8));
        assertThat(claims.get("account_id").asLong()).isEqualTo(31000002);
        assertThat(claims.get("api_domain").asText()).isEqualTo("127.0.0.1:" + sandbox.port() + "/sandbox/api-domain");
        assertThat(pair.get("refresh_token").asText()).hasSize(992);
    }

    @Test
    void givesTheOldRefreshTokenASecondChanceAfterALostAnswer() {
        String old = firstPair("").get("refresh_token").asText();
        long before = refreshes();
        sandbox.call("POST", "/sandbox/api/faults", "{\"fault\":\"drop_after\",\"on\":\"POST oauth2/access_token\",\"count\":1}", null);
        assertThatThrownBy(() -> refresh("", old)).isInstanceOf(UncheckedIOException.class);

        Answer second = refresh("", old);

        assertThat(second.status()).isEqualTo(200);
        assertThat(refreshes() - before).isEqualTo(2);
        assertThat(refresh("", old).status()).as("unused pair: the old one still works").isEqualTo(200);
        String next = second.at("/refresh_token").asText();
        assertThat(refresh("", next).status()).isEqualTo(200);
        assertThat(refresh("", old).at("/hint").asText()).isEqualTo("Token has been revoked");
        sandbox.call("DELETE", "/sandbox/api/faults", null, null);
    }

    @Test
    void theFirstUseOfTheNewAccessTokenEndsTheOldPair() {
        String old = firstPair("").get("refresh_token").asText();
        String access = refresh("", old).at("/access_token").asText();
        assertThat(sandbox.call("GET", "/sandbox/amocrm/api/v4/account", null, "Bearer " + access).status()).isEqualTo(200);

        assertThat(refresh("", old).status()).isEqualTo(401);
    }

    @Test
    void isServedElsewhereAfterItWasRenamed() {
        String refreshToken = firstPair("-c").get("refresh_token").asText();
        assertThat(sandbox.call("GET", "/sandbox/renamed-c/api/v4/account", null, "Bearer sandbox").status()).isEqualTo(404);
        sandbox.call("POST", "/sandbox/api/rename?account=c", "{}", null);
        try {
            Answer gone = refresh("-c", refreshToken);
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone.type()).startsWith("text/html");
            Answer told = sandbox.call("GET", "/sandbox/api-domain/oauth2/account/current/subdomain", null, null,
                    "X-Refresh-Token", refreshToken);
            assertThat(told.at("/id").asLong()).isEqualTo(31000003);
            assertThat(told.at("/subdomain").asText()).isEqualTo("sandbox-c-renamed");
            assertThat(told.at("/domain").asText()).isEqualTo("127.0.0.1:" + sandbox.port() + "/sandbox/renamed-c");
            assertThat(sandbox.call("GET", "/sandbox/renamed-c/api/v4/account", null, "Bearer sandbox").at("/id").asLong()).isEqualTo(31000003);
            assertThat(token("/sandbox/renamed-c", "refresh_token", "refresh_token", refreshToken).status()).isEqualTo(200);
        } finally {
            sandbox.call("POST", "/sandbox/api/rename?account=c", "{\"renamed\":false}", null);
        }
        assertThat(sandbox.call("GET", "/sandbox/api-domain/oauth2/account/current/subdomain", null, null,
                "X-Refresh-Token", "unknown").status()).isEqualTo(401);
        assertThat(at("c", "GET", "/api/v4/account", null).status()).isEqualTo(200);
    }

    @Test
    void writesDataInBulkWithoutWebhooks() {
        subscribe();
        int before = sandbox.hooks().size();
        long start = System.nanoTime();
        Answer seeded = sandbox.call("POST", "/sandbox/api/seed?account=b", "{\"leads\":10000,\"contacts\":5000,\"won\":10}", null);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));

        long lead = seeded.at("/leads/from").asLong();
        long contact = seeded.at("/contacts/from").asLong();
        assertThat(seeded.at("/leads/to").asLong() - lead).isEqualTo(9999);
        assertThat(seeded.at("/contacts/to").asLong() - contact).isEqualTo(4999);
        assertThat(at("b", "GET", "/api/v4/leads/" + (lead + 9), null).at("/status_id").asLong()).isEqualTo(142);
        JsonNode twelfth = at("b", "GET", "/api/v4/leads/" + (lead + 5011) + "?with=contacts", null).json();
        assertThat(twelfth.at("/status_id").asLong()).isEqualTo(80953554);
        assertThat(twelfth.at("/_embedded/contacts/0/id").asLong()).isEqualTo(contact + 11);
        String phone = "+79" + "%09d".formatted((contact + 11) % 1_000_000_000);
        Answer found = at("b", "GET", "/api/v4/contacts?query=" + phone.substring(2), null);
        assertThat(found.at("/_embedded/contacts")).hasSize(1);
        assertThat(found.at("/_embedded/contacts/0/id").asLong()).isEqualTo(contact + 11);
        assertThat(found.at("/_embedded/contacts/0/custom_fields_values/0/values/0").toString())
                .isEqualTo("{\"value\":\"" + phone + "\",\"enum_id\":418301,\"enum_code\":\"WORK\"}");
        assertThat(sandbox.hooks()).hasSize(before);
        assertThat(at("b", "PATCH", "/api/v4/leads/" + lead, "{\"price\":7}").status()).isEqualTo(200);
        await().until(() -> sandbox.hooks().size() > before);
        assertThat(sandbox.call("POST", "/sandbox/api/seed", "{\"leads\":0,\"contacts\":0}", null).at("/leads/from").isNull()).isTrue();
        assertThat(sandbox.call("POST", "/sandbox/api/seed", "{\"leads\":2,\"contacts\":0}", null).at("/leads/to").asLong()).isPositive();
    }

    @Test
    void numbersWhatItSeedsInOnePieceWhileOthersWrite() throws Exception {
        AtomicInteger written = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                while (!over.get()) {
                    assertThat(at("c", "POST", "/api/v4/contacts", "[{\"name\":\"Один из многих\"}]").status()).isEqualTo(200);
                    written.incrementAndGet();
                }
            });
            await().until(() -> written.get() > 0 || writing.isDone());
            // until a contact was written within one of them
            await().until(() -> {
                int before = written.get();
                Answer seeded = sandbox.call("POST", "/sandbox/api/seed?account=b", "{\"leads\":3000,\"contacts\":3000}", null);
                int during = written.get() - before;
                assertThat(seeded.at("/leads/to").asLong() - seeded.at("/leads/from").asLong()).isEqualTo(2999);
                assertThat(seeded.at("/contacts/to").asLong() - seeded.at("/contacts/from").asLong()).isEqualTo(2999);
                return during > 1 || writing.isDone();
            });
            over.set(true);
            writing.get();
        } finally {
            over.set(true);
            writer.shutdown();
        }
    }

    @Test
    void doesNotSubscribeTheRelayWhereItIsNotWanted() {
        assertThat(sandbox.crm("GET", "/api/v4/webhooks", null).status()).isEqualTo(204);
    }

    private static void subscribe() {
        assertThat(at("b", "POST", "/api/v4/webhooks", "{\"destination\":\"" + sandbox.receiver()
                + "\",\"settings\":[\"add_lead\",\"update_lead\",\"add_contact\"]}").status()).isEqualTo(201);
    }

    private static Answer at(String account, String method, String path, String body) {
        return sandbox.call(method, "/sandbox/amocrm-" + account + path, body, "Bearer sandbox");
    }

    private static long refreshes() {
        return sandbox.call("GET", "/sandbox/api/limits", null, null).at("/refreshes").asLong();
    }

    /** {@code account} is the suffix of the address or the name. */
    private static JsonNode firstPair(String account) {
        String name = account.replace("-", "");
        String code = sandbox.call("POST", "/sandbox/api/oauth/code?account=" + name, "{\"redirect_uri\":\"" + REDIRECT + "\"}", null)
                .at("/code").asText();
        return token("/sandbox/amocrm" + (name.isEmpty() ? "" : "-" + name), "authorization_code", "code", code).json();
    }

    private static Answer refresh(String suffix, String token) {
        return token("/sandbox/amocrm" + suffix, "refresh_token", "refresh_token", token);
    }

    private static Answer token(String base, String grant, String key, String value) {
        return sandbox.call("POST", base + "/oauth2/access_token", "{\"client_id\":\"00000000-0000-4000-8000-000000000001\","
                + "\"client_secret\":\"sandbox-secret\",\"grant_type\":\"" + grant + "\",\"" + key + "\":\"" + value
                + "\",\"redirect_uri\":\"" + REDIRECT + "\"}", null);
    }
}
