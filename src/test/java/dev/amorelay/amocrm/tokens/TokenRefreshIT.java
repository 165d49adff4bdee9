package dev.amorelay.amocrm.tokens;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.amorelay.amocrm.Access;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Refreshing on the real table, by two nodes with caches of their own, against an amoCRM with a script. */
class TokenRefreshIT extends TokenDatabase {

    private static final String PATH = "/oauth2/access_token";
    private static final int THREADS = 16;
    private static final String REVOKED = """
            {"hint":"Token has been revoked","title":"Некорректный запрос","status":401,"detail":"…"}""";
    private static final WireMockServer CRM = new WireMockServer(wireMockConfig().dynamicPort());

    private Node one;
    private Node two;

    @BeforeAll
    static void listen() {
        CRM.start();
    }

    @AfterAll
    static void stopListening() {
        CRM.stop();
    }

    @BeforeEach
    void aPairThatAmocrmKnows() {
        CRM.resetAll();
        one = new Node(jdbc, Samples.accounts(CRM.baseUrl()));
        two = new Node(jdbc, Samples.accounts(CRM.baseUrl()));
        one.store.put(one.account, CRM.baseUrl(), new TokenPair("a1", "r1", Duration.ofDays(1)));
    }

    private static MappingBuilder refreshing(String refreshToken) {
        return post(PATH).withRequestBody(matchingJsonPath("$.grant_type", equalTo("refresh_token")))
                .withRequestBody(matchingJsonPath("$.refresh_token", equalTo(refreshToken)));
    }

    private static ResponseDefinitionBuilder gives(String access, String refresh) {
        return okJson(Samples.pairBody(access, refresh));
    }

    private static int calls() {
        return CRM.findAll(postRequestedFor(urlEqualTo(PATH))).size();
    }

    /** First this, and whatever comes after it gets that. */
    private static void script(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        CRM.stubFor(refreshing("r1").inScenario("twice").whenScenarioStateIs("Started").willReturn(first).willSetStateTo("again"));
        CRM.stubFor(refreshing("r1").inScenario("twice").whenScenarioStateIs("again").willReturn(then));
    }

    private static void expires(String in) {
        jdbc.update("UPDATE oauth_tokens SET expires_at = now() + ?::interval, refreshed_at = now() - interval '1 day'", in);
    }

    private CrmUnavailable refused(Node node, String rejected) {
        return catchThrowableOfType(CrmUnavailable.class, () -> node.renew(rejected));
    }

    /** Sixteen threads on each node do this at once. */
    private List<Access> allAtOnce(Function<Node, Access> what) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
        CyclicBarrier start = new CyclicBarrier(2 * THREADS);
        List<Future<Access>> results = new ArrayList<>();
        for (int thread = 0; thread < 2 * THREADS; thread++) {
            Node node = thread % 2 == 0 ? one : two;
            results.add(threads.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                return what.apply(node);
            }));
        }
        List<Access> accesses = new ArrayList<>();
        for (Future<Access> result : results) {
            accesses.add(result.get(30, TimeUnit.SECONDS));
        }
        threads.shutdown();
        return accesses;
    }

    @Test
    void twoNodesWithSixteenThreadsThatMeetA401RefreshOnce() throws Exception {
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2").withFixedDelay(400)));
        one.access();
        two.access();

        List<Access> accesses = allAtOnce(node -> node.renew("a1"));

        assertThat(accesses).hasSize(32).allMatch(access -> access.token().equals("a2"));
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void twoNodesWithSixteenThreadsThatMeetAnExpiredTokenRefreshOnce() throws Exception {
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2").withFixedDelay(400)));
        expires("-1 s");

        List<Access> accesses = allAtOnce(Node::access);

        assertThat(accesses).hasSize(32).allMatch(access -> access.token().equals("a2"));
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aFailureToo() throws Exception {
        CRM.stubFor(refreshing("r1").willReturn(aResponse().withStatus(401).withBody(REVOKED).withFixedDelay(400)));

        List<Access> refused = allAtOnce(node -> refused(node, "a1") == null ? node.access() : null);

        assertThat(refused).hasSize(32).containsOnlyNulls();
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void theRequestIsAsDocumented() {
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2")));

        assertThat(one.renew("a1")).isEqualTo(new Access(CRM.baseUrl(), "a2"));
        CRM.verify(1, postRequestedFor(urlEqualTo(PATH)).withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(matchingJsonPath("$.client_id", equalTo(Samples.CLIENT)))
                .withRequestBody(matchingJsonPath("$.client_secret", equalTo(Samples.SECRET)))
                .withRequestBody(matchingJsonPath("$.redirect_uri", equalTo(Samples.REDIRECT))));
        assertThat(jdbc.queryForObject("SELECT count(*) FROM amocrm_calls", Long.class)).as("it counts for the budget").isEqualTo(1);
    }

    @Test
    void aTokenThatIsNotTheStoredOneAnyMoreCostsNoRefresh() {
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2")));
        one.renew("a1");

        assertThat(two.renew("a1").token()).isEqualTo("a2");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void refreshesFiveMinutesBeforeTheEnd() {
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2")));
        expires("6 min");
        assertThat(one.access().token()).isEqualTo("a1");

        expires("4 min");
        assertThat(two.access().token()).isEqualTo("a2");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aTokenThatStillLivesIsUsedWhileAmocrmIsDown() {
        CRM.stubFor(refreshing("r1").willReturn(aResponse().withStatus(502)));
        expires("4 min");

        assertThat(one.access().token()).isEqualTo("a1");
        assertThat(one.access().token()).as("and amoCRM is left alone for a while").isEqualTo("a1");
        assertThat(calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
    void aLostAnswerIsAskedForOnceMoreWithTheSameToken(Fault fault) {
        script(aResponse().withFault(fault), gives("a2", "r2"));

        assertThat(one.renew("a1").token()).isEqualTo("a2");
        assertThat(calls()).isEqualTo(2);
        assertThat(two.access().token()).isEqualTo("a2");
    }

    @ParameterizedTest
    @CsvSource({"500,0", "504,0", "200,4000"})
    void aBadOrLateAnswerToo(int status, int delay) {
        script(aResponse().withStatus(status).withFixedDelay(delay), gives("a2", "r2"));

        assertThat(one.renew("a1").token()).isEqualTo("a2");
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void lostTwiceItWaitsAndThenTriesTheOldTokenAgain() {
        CRM.stubFor(refreshing("r1").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        assertThat(refused(one, "a1").trouble()).isEqualTo(Trouble.DOWN);
        assertThat(refused(two, "a1").trouble()).as("the other node does not try at once").isEqualTo(Trouble.DOWN);
        assertThat(calls()).isEqualTo(2);

        CRM.resetAll();
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2")));
        jdbc.update("UPDATE oauth_tokens SET retry_at = now()");
        assertThat(two.renew("a1").token()).isEqualTo("a2");
    }

    @Test
    void whereTheOldTokenDiesWithTheLostAnswerTheConsentIsNeededAgain() {
        script(aResponse().withFault(Fault.EMPTY_RESPONSE), aResponse().withStatus(401).withBody(REVOKED));

        CrmUnavailable told = refused(one, "a1");

        assertThat(told.cause()).contains("потерялся");
        assertThat(told.remedy()).contains("/api/admin/oauth/link");
    }

    @Test
    void aRevokedTokenIsNeverSentAgainUntilAnotherComes() {
        CRM.stubFor(refreshing("r1").willReturn(aResponse().withStatus(401).withBody(REVOKED)));

        CrmUnavailable told = refused(one, "a1");
        assertThat(told.trouble()).isEqualTo(Trouble.AUTH_REQUIRED);
        assertThat(told.cause()).contains("доступ отозван");
        assertThat(told.remedy()).contains("https://relay.example.com/api/admin/oauth/link");
        assertThat(refused(two, "a1").cause()).isEqualTo(told.cause());
        assertThat(calls()).isEqualTo(1);

        two.store.put(two.account, CRM.baseUrl(), new TokenPair("a3", "r3", Duration.ofDays(1)));
        assertThat(one.renew("a1").token()).isEqualTo("a3");
        assertThat(calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"title":"Некорректный клиент","status":401,"detail":"Авторизация клиента не прошла"} | AUTH_REQUIRED | AMOCRM_CLIENT_ID
            400 | {"title":"Некорректный запрос","status":400}                                           | AUTH_REQUIRED | адрес перенаправления
            402 | {"title":"Payment Required","status":402}                                             | UNPAID        | не оплачен
            403 | <html><head><title>403 Forbidden</title></head></html>                                | BLOCKED       | заблокировала
            404 | <html>404</html>                                                                      | UNEXPECTED    | нет аккаунта
            429 | {"status":429,"retry_after":300}                                                      | TOO_FAST      | реже
            302 | ''                                                                                    | UNEXPECTED    | не API
            """)
    void everyRefusalHasItsCause(int status, String body, Trouble trouble, String cause) {
        CRM.stubFor(refreshing("r1").willReturn(aResponse().withStatus(status).withBody(body).withHeader("Location", "https://example.com/")));

        CrmUnavailable told = refused(one, "a1");

        assertThat(told.trouble()).isEqualTo(trouble);
        assertThat(told.cause()).contains(cause);
        assertThat(told.getMessage()).doesNotContain("r1").doesNotContain(Samples.SECRET);
        assertThat(refused(two, "a1").cause()).as("the other node does not ask the same at once").isEqualTo(told.cause());
        assertThat(calls()).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT retry_at < now() + interval '1 hour' FROM oauth_tokens", Boolean.class))
                .as("it is tried again: what is wrong can be mended without new tokens").isTrue();
    }

    @Test
    void aRefusedConnectionIsLater() {
        Node lost = new Node(jdbc, Samples.accounts("http://127.0.0.1:1"));
        lost.store.put(lost.account, "http://127.0.0.1:1", new TokenPair("a1", "r1", Duration.ofDays(1)));

        assertThat(refused(lost, "a1").trouble()).isEqualTo(Trouble.DOWN);
    }

    /** Killed between amoCRM's answer and the commit: the lease runs out, and the token in the database is sent once more. */
    @Test
    void aNodeThatDiedWhileRefreshingIsReplaced() {
        StoredPair pair = one.store.get(one.account);
        assertThat(one.store.lease(pair)).isPresent();
        assertThat(two.store.lease(two.store.get(two.account))).as("while the lease lasts").isEmpty();
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2")));

        jdbc.update("UPDATE oauth_tokens SET refreshing_until = now() - interval '1 ms'");

        assertThat(two.renew("a1").token()).isEqualTo("a2");
        assertThat(one.store.replace(pair, one.account, CRM.baseUrl(), new TokenPair("a9", "r9", Duration.ofDays(1))))
                .as("the dead one, should it wake up, overwrites nothing").isFalse();
        assertThat(one.renew("a1").token()).isEqualTo("a2");
    }

    @Test
    void onlyTheHolderExtendsAndReleasesALease() {
        StoredPair pair = one.store.get(one.account);
        UUID lease = one.store.lease(pair).orElseThrow();

        assertThat(two.store.extend(UUID.randomUUID())).isFalse();
        two.store.release(UUID.randomUUID());
        assertThat(one.store.extend(lease)).isTrue();
        one.store.release(lease);
        assertThat(two.store.lease(pair)).isPresent();
        assertThat(one.store.extend(lease)).isFalse();
    }

    @Test
    void aPairThatWasReplacedMeanwhileCannotBeLeasedOrFailed() {
        StoredPair old = one.store.get(one.account);
        two.store.put(two.account, CRM.baseUrl(), new TokenPair("a2", "r2", Duration.ofDays(1)));

        assertThat(one.store.lease(old)).isEmpty();
        assertThat(one.store.fail(old, OAuthTroubles.silent("test"), null)).isFalse();
        assertThat(one.store.get(one.account).heldBack()).isEmpty();
    }

    @Test
    void tokensLieEncrypted() {
        String access = Samples.jwt("{\"account_id\":31415926}") + "x".repeat(1200);
        one.store.put(one.account, CRM.baseUrl(), new TokenPair(access, "def502".repeat(200), Duration.ofDays(1)));

        Map<String, Object> row = jdbc.queryForMap("SELECT * FROM oauth_tokens");
        assertThat(row.toString()).doesNotContain(access).doesNotContain("def502def502").doesNotContain("xxxx");
        assertThat(row.get("account_id")).isEqualTo(31415926L);
        assertThat(two.access().token()).isEqualTo(access);
    }

    @Test
    void anotherSecretCannotReadThem() {
        Node changed = new Node(jdbc, Samples.accounts(CRM.baseUrl(), "relay.amocrm.client-secret", "another-secret"));

        assertThatThrownBy(changed::access).isInstanceOfSatisfying(CrmUnavailable.class,
                told -> assertThat(told.cause()).contains("AMOCRM_CLIENT_SECRET"));
    }

    @Test
    void anotherIntegrationDoesNotUseThem() {
        Node changed = new Node(jdbc, Samples.accounts(CRM.baseUrl(), "relay.amocrm.client-id", "another"));

        assertThatThrownBy(changed::access).isInstanceOfSatisfying(CrmUnavailable.class,
                told -> assertThat(told.cause()).contains("другой интеграцией"));
    }

    @Test
    void withoutAPairTheConsentIsAskedFor() {
        jdbc.execute("TRUNCATE oauth_tokens");

        assertThatThrownBy(one::access).isInstanceOfSatisfying(CrmUnavailable.class, told -> {
            assertThat(told.trouble()).isEqualTo(Trouble.AUTH_REQUIRED);
            assertThat(told.remedy()).contains("/api/admin/oauth/link");
        });
    }

    @Test
    void aLongLivedTokenGoesFirstAndIsNeverRefreshed() {
        Node node = new Node(jdbc, Samples.accounts(CRM.baseUrl(), "relay.amocrm.access-token", "long-lived"));

        assertThat(node.access().token()).isEqualTo("long-lived");
        assertThat(node.tokens.renew(node.account, node.access())).isEmpty();
        assertThat(calls()).isZero();
    }

    @Test
    void aPairThatNobodyUsedForAWeekIsRefreshed() {
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2")));
        jdbc.update("UPDATE oauth_tokens SET refreshed_at = now() - interval '6 days'");
        assertThat(one.idle.refresh()).isZero();

        jdbc.update("UPDATE oauth_tokens SET refreshed_at = now() - interval '8 days'");
        assertThat(one.idle.refresh()).isEqualTo(1);
        assertThat(two.idle.refresh()).isZero();
        assertThat(calls()).isEqualTo(1);
    }

    /** By a key of the relay's own, which is exchanged while two nodes run: nobody has to consent again. */
    @Test
    void theKeyOfTheTokensIsRotated() {
        String old = "an-old-key-of-thirty-two-letters";
        String fresh = "a-fresh-key-of-thirty-two-letter";
        Node rotating = node(List.of(old));
        assertThat(rotating.access().token()).as("sealed by the integration's secret before").isEqualTo("a1");
        new KeyRotation(Samples.accounts(CRM.baseUrl()), rotating.store).rotate();
        assertThat(sealed()).startsWith("v2:");

        Node both = node(List.of(fresh, old));
        assertThat(both.access().token()).isEqualTo("a1");
        String before = sealed();
        new KeyRotation(Samples.accounts(CRM.baseUrl()), both.store).rotate();
        String after = sealed();
        assertThat(after).isNotEqualTo(before);
        new KeyRotation(Samples.accounts(CRM.baseUrl()), both.store).rotate();
        assertThat(sealed()).as("once").isEqualTo(after);

        Node alone = node(List.of(fresh));
        assertThat(alone.access().token()).isEqualTo("a1");
        CRM.stubFor(refreshing("r1").willReturn(gives("a2", "r2")));
        assertThat(alone.renew("a1").token()).isEqualTo("a2");
        assertThatThrownBy(() -> node(List.of(old)).access()).isInstanceOf(CrmUnavailable.class);
        assertThatThrownBy(() -> new Node(jdbc, Samples.accounts(CRM.baseUrl())).access()).isInstanceOf(CrmUnavailable.class);
    }

    /** A pair is told by its seal: sealed anew under a refresh, its next pair would find no row. */
    @Test
    void aPairThatIsBeingRefreshedIsNotSealedAnew() {
        StoredPair pair = one.store.get(one.account);
        UUID lease = one.store.lease(pair).orElseThrow();
        Node rotating = node(List.of("a-fresh-key-of-thirty-two-letter"));
        assertThat(rotating.store.sealAgain(rotating.account, rotating.store.get(rotating.account))).isFalse();
        assertThat(sealed()).isEqualTo(pair.mark());
        one.store.release(lease);
        assertThat(rotating.store.sealAgain(rotating.account, rotating.store.get(rotating.account))).isTrue();
    }

    private Node node(List<String> keys) {
        return new Node(jdbc, Samples.accounts(CRM.baseUrl()), new JdkOAuthHttp(Duration.ofSeconds(2)), keys);
    }

    private static String sealed() {
        return jdbc.queryForObject("SELECT refresh_token FROM oauth_tokens", String.class);
    }
}
