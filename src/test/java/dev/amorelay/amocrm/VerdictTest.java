package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the table "What an answer from amoCRM means". */
class VerdictTest {

    private static final CrmCall READ = CrmCall.get("default", "/api/v4/leads/17", null);
    private static final CrmCall CREATE = CrmCall.post("default", "/api/v4/leads", Json.array());
    private static final CrmCall CHANGE = CrmCall.patch("default", "/api/v4/leads/17", Json.object());
    private static final String HTML = "<html><head><title>403 Forbidden</title></head></html>";

    private final Verdict verdict = new Verdict();

    private CrmUnavailable unavailable(CrmCall call, int status, String body) {
        return catchThrowableOfType(CrmUnavailable.class, () -> verdict.of(call, status, body));
    }

    private CrmRejected rejected(CrmCall call, int status, String body) {
        return catchThrowableOfType(CrmRejected.class, () -> verdict.of(call, status, body));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202})
    void doneWithABody(int status) {
        CrmAnswer answer = verdict.of(READ, status, "{\"_embedded\":{\"leads\":[{\"id\":17}]}}");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.embedded("leads").path(0).path("id").asLong()).isEqualTo(17);
        assertThat(answer.notFound()).isFalse();
    }

    /** An answer that says done and then nothing, or only its beginning. */
    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "{\"_embedded\":{\"leads\":[{\"id\":1", "<html>"})
    void cutShort(String body) {
        CrmUnavailable read = unavailable(READ, 200, body);
        assertThat(read.trouble()).isEqualTo(CrmUnavailable.Trouble.UNEXPECTED);
        assertThat(unavailable(CREATE, 200, body)).isInstanceOf(CrmOutcomeUnknown.class);
    }

    @Test
    void nothingFound() {
        for (String empty : new String[] {null, "", " \n"}) {
            CrmAnswer answer = verdict.of(READ, 204, empty);
            assertThat(answer.body().isMissingNode()).isTrue();
            assertThat(answer.embedded("leads")).isEmpty();
            assertThat(answer.notFound()).isFalse();
        }
    }

    @Test
    void theRemedyNamesTheAccountsOwnSettings() {
        CrmCall ofB = CrmCall.get("b", "/api/v4/leads/17", null);
        assertThat(unavailable(READ, 401, null).remedy()).endsWith("запишите его в AMOCRM_ACCESS_TOKEN");
        assertThat(unavailable(ofB, 401, null).remedy()).endsWith("запишите его в relay.accounts.b.access-token");
        assertThat(unavailable(ofB, 404, HTML).remedy())
                .isEqualTo("проверьте relay.accounts.b.subdomain или relay.accounts.b.base-url");
    }

    @Test
    void pageInsteadOfJson() {
        CrmUnavailable read = unavailable(READ, 200, "<!DOCTYPE html><html lang=\"ru\">…");
        assertThat(read.trouble()).isEqualTo(Trouble.UNEXPECTED);
        assertThat(read.inDoubt()).isFalse();
        assertThat(unavailable(CREATE, 200, HTML)).isInstanceOf(CrmOutcomeUnknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void ourDataRefused(int status) {
        CrmRejected rejected = rejected(CREATE, status, """
                {"validation-errors":[
                  {"request_id":"a","errors":[
                    {"code":"NotSupportedChoice","path":"status_id","detail":"The value 5 is wrong"},
                    {"code":"TooLong","path":"name","detail":"Иван Петров"}]},
                  {"request_id":"b","errors":[{"code":"InvalidType","path":"price"}]}],
                 "title":"Bad Request","status":400,"detail":"Request validation failed"}""");
        assertThat(rejected.reasons()).isEqualTo(Map.of(
                "a", "status_id: NotSupportedChoice; name: TooLong", "b", "price: InvalidType"));
        assertThat(rejected).hasMessage("POST /api/v4/leads → " + status
                + " status_id: NotSupportedChoice; name: TooLong | price: InvalidType");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            422 | {"title":"Unprocessable Entity","detail":"Limit 250 per page"}        | 422 Limit 250 per page
            400 | {"status":400,"detail":"Код ошибки 244"}                               | 400 Код ошибки 244
            400 | {"status":400,"detail":"Нет прав у «Иван Петров», ivan@example.com"} | 400 Нет прав у …, ***@example.com
            400 |                                                                       | 400
            """)
    void aWriteThatIsRefusedWithoutBlameIsTheAccountsTrouble(int status, String body, String told) {
        CrmUnavailable refusing = unavailable(CREATE, status, body);
        assertThat(refusing).isInstanceOf(CrmRefusing.class).hasMessageEndingWith("POST /api/v4/leads → " + told);
        assertThat(refusing.trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(refusing.countsAsAttempt()).isFalse();
        assertThat(rejected(READ, status, body).reasons()).as("of a read its caller makes the best").isEmpty();
    }

    @Test
    void aTokenThatMayNotSeeWebhooksMayStillServeLeads() {
        CrmCall webhooks = CrmCall.get("default", "/api/v4/webhooks", null);
        for (int status : new int[] {402, 403}) {
            assertThat(rejected(webhooks, status, "{\"title\":\"Forbidden\",\"status\":" + status + "}")).isNotNull();
        }
        assertThat(unavailable(webhooks, 403, HTML).trouble()).as("a block is a block").isEqualTo(Trouble.BLOCKED);
        assertThat(unavailable(READ, 403, "{\"status\":403}").trouble()).isEqualTo(Trouble.BLOCKED);
    }

    @ParameterizedTest
    @CsvSource({"401,AUTH_REQUIRED,60", "402,UNPAID,600", "403,BLOCKED,600"})
    void accountTrouble(int status, Trouble trouble, long seconds) {
        for (String body : new String[] {HTML, null, "{\"title\":\"Unauthorized\",\"status\":" + status + "}"}) {
            for (CrmCall call : new CrmCall[] {READ, CREATE}) {
                CrmUnavailable told = unavailable(call, status, body);
                assertThat(told.trouble()).isEqualTo(trouble);
                assertThat(told.delay()).isEqualTo(Duration.ofSeconds(seconds));
                assertThat(told.inDoubt()).isFalse();
                assertThat(told).hasMessageStartingWith(trouble.cause()).hasMessageEndingWith("→ " + status);
            }
        }
    }

    @Test
    void entityThatIsGone() {
        for (String body : new String[] {null, "", "{\"title\":\"Not Found\",\"status\":404}"}) {
            assertThat(verdict.of(READ, 404, body).notFound()).isTrue();
            assertThat(verdict.of(CrmCall.get("default", "/api/v4/leads/17/notes", null), 404, body).notFound()).isTrue();
        }
    }

    @Test
    void aListIsNeverGone() {
        for (CrmCall call : new CrmCall[] {CrmCall.get("default", "/api/v4/leads", "filter[id][]=17"), CREATE}) {
            assertThat(unavailable(call, 404, null).trouble()).isEqualTo(Trouble.UNEXPECTED);
            assertThat(unavailable(call, 404, "{\"status\":404}").trouble()).isEqualTo(Trouble.UNEXPECTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HTML, "<!doctype html><HTML>", "404 page not found\n"})
    void addressThatIsNotTheApi(String body) {
        CrmUnavailable told = unavailable(READ, 404, body);
        assertThat(told.trouble()).isEqualTo(Trouble.UNEXPECTED);
        assertThat(told.delay()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void refusalThatIsNotTheApis(int status) {
        CrmUnavailable told = unavailable(CREATE, status, "<html>400 The plain HTTP request was sent to HTTPS port</html>");
        assertThat(told.trouble()).isEqualTo(Trouble.UNEXPECTED);
        assertThat(told.inDoubt()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"{\"retry_after\":300},300", "{\"retry_after\":86400},3600", "{\"retry_after\":0},-",
        "{\"retry_after\":-5},-", "{\"title\":\"Too Many Requests\"},-", "Too Many Requests,-", "-,-"})
    void tooFast(String body, Long seconds) {
        CrmUnavailable told = unavailable(CREATE, 429, body);
        assertThat(told.trouble()).isEqualTo(Trouble.TOO_FAST);
        assertThat(told.delay()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
        assertThat(told.inDoubt()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"500,true", "502,true", "503,false", "504,true", "599,true"})
    void serverTrouble(int status, boolean createIsInDoubt) {
        for (CrmCall call : new CrmCall[] {READ, CHANGE}) {
            CrmUnavailable told = unavailable(call, status, HTML);
            assertThat(told.trouble()).isEqualTo(Trouble.DOWN);
            assertThat(told.inDoubt()).as(call.method()).isFalse();
            assertThat(told.delay()).isNull();
        }
        CrmUnavailable create = unavailable(CREATE, status, null);
        assertThat(create.trouble()).isEqualTo(Trouble.DOWN);
        assertThat(create.inDoubt()).isEqualTo(createIsInDoubt);
        assertThat(create instanceof CrmOutcomeUnknown).isEqualTo(createIsInDoubt);
    }

    @Test
    void errorsNameTheCallWithoutIds() {
        assertThat(unavailable(CHANGE, 500, null)).hasMessageEndingWith("PATCH /api/v4/leads/{id} → 500");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 405, 410, 413, 414})
    void redirectsAndOddities(int status) {
        for (CrmCall call : new CrmCall[] {READ, CREATE}) {
            CrmUnavailable told = unavailable(call, status, HTML);
            assertThat(told.trouble()).isEqualTo(Trouble.UNEXPECTED);
            assertThat(told.inDoubt()).isFalse();
        }
    }

    static Stream<IOException> neverSent() {
        return Stream.of(new ConnectException("Connection refused"), new HttpHostConnectException("refused"),
                new ConnectTimeoutException("connect timed out"), new UnknownHostException("example.com"),
                new NoRouteToHostException("no route"));
    }

    @ParameterizedTest
    @MethodSource("neverSent")
    void nothingWasSent(IOException failure) {
        for (CrmCall call : new CrmCall[] {READ, CREATE}) {
            CrmUnavailable told = verdict.of(call, new IOException("wrapped", failure));
            assertThat(told.trouble()).isEqualTo(Trouble.DOWN);
            assertThat(told.inDoubt()).isFalse();
            assertThat(told).hasMessageEndingWith("→ " + failure.getClass().getSimpleName());
        }
    }

    static Stream<IOException> mayHaveArrived() {
        return Stream.of(new SocketTimeoutException("Read timed out"), new SocketException("Connection reset"),
                new NoHttpResponseException("failed to respond"));
    }

    @ParameterizedTest
    @MethodSource("mayHaveArrived")
    void silenceAfterSending(IOException failure) {
        assertThat(verdict.of(READ, failure).inDoubt()).isFalse();
        assertThat(verdict.of(CHANGE, failure).inDoubt()).isFalse();
        CrmUnavailable create = verdict.of(CREATE, failure);
        assertThat(create).isInstanceOf(CrmOutcomeUnknown.class);
        assertThat(create.inDoubt()).isTrue();
        assertThat(create.trouble()).isEqualTo(Trouble.DOWN);
    }
}
