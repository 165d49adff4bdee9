package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Mini App's API over HTTP: who is let in, and what is shown. */
class MyParkIT extends ParkApi {

    @ParameterizedTest
    @ValueSource(strings = {"/api/park/me", "/api/park/machines", "/api/park/machines/00000000-0000-4000-8000-00000000beef"})
    void nobodyIsToldAnythingWithoutTelegramsSignature(String door) {
        String right = signed("user=" + person);
        List<String> wrong = List.of("", "x", right.replace("user=", "user=x"), right.replaceFirst("%3A" + person, "%3A" + (person + 1)),
                right.replaceAll("&?signature=[^&]*", ""), right + "&user=%7B%7D", signed("user=" + person + "&age=86500"), signed("user=" + person + "&age=-60"));
        for (String bad : wrong) {
            HttpResponse<String> answer = ask(door, bad);
            assertThat(answer.statusCode()).as(bad).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(Json.read(answer.body()).path("detail").asText()).isNotBlank();
        }
        assertThat(get(door).statusCode()).isEqualTo(401);
        assertThat(ask(door, right).statusCode()).isNotEqualTo(401);
        assertThat(ask(door, signed("user=" + person + "&age=86000")).statusCode()).isNotEqualTo(401);
    }

    @Test
    void whatChangesSomethingNeedsAFresherSignature() {
        String old = "tma " + signed("user=" + person + "&age=3700");
        assertThat(ask("/api/park/me", old.substring(4)).statusCode()).isEqualTo(200);
        assertThat(postJson("/api/park/link", "{\"invitation\":\"x\"}", "Authorization", old).statusCode()).isEqualTo(401);
    }

    private static int tried(String initData, String ticket) {
        // the machine is nobody's: who is let in is told so
        return postJson("/api/service-requests", "{\"machine_id\":\"00000000-0000-4000-8000-00000000beef\",\"description\":\"Шум\"}",
                "Authorization", "tma " + initData, "Park-Ticket", ticket).statusCode();
    }

    private static HttpResponse<String> confirm(String initData, String ticket, String field, String proof) {
        return postJson("/api/park/confirm", Json.write(Json.object().put("ticket", ticket).put(field, proof)), "Authorization", "tma " + initData);
    }

    /** Desktop and Apple clients keep init data for days, and opening the Mini App anew brings the same. */
    @Test
    void whereTheInitDataAreKeptTheBotsCodeConfirmsWhoItIs() {
        String old = signed("user=" + person + "&age=200000");
        String mine = "a".repeat(32);
        HttpResponse<String> asked = ask("/api/park/me", old);
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(Json.read(asked.body()).path("code").asText()).isEqualTo("confirmation-required");
        assertThat(Json.read(asked.body()).path("detail").asText()).contains("Бот прислал вам код");
        assertThat(tried(old, mine)).isEqualTo(401);
        soon().until(() -> chat(person).size() == 1);
        String code = chat(person).get(0).replaceFirst("(?s)\\D*(\\d{6}).*", "$1");

        assertThat(confirm(old, mine, "code", code).statusCode()).isEqualTo(200);

        assertThat(tried(old, mine)).isEqualTo(404);
        assertThat(tried(old, "b".repeat(32))).isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder(URI.create(url("/api/park/me"))).header("Authorization", "tma " + old).header("Park-Ticket", mine).build())
                .statusCode()).isEqualTo(200);
        // of somebody else's init data the ticket is worth nothing
        assertThat(tried(signed("user=" + somebody() + "&age=200000"), mine)).isEqualTo(401);
        jdbc.update("UPDATE park_confirmations SET confirmed_at = now() - interval '61 minutes' WHERE tg_id = ?", person);
        assertThat(tried(old, mine)).isEqualTo(401);
    }

    @Test
    void aContactThatTelegramHasSignedJustNowConfirmsOnce() {
        String old = signed("user=" + person + "&age=4000");
        String contact = get("/sandbox/park/contact?user=" + person + "&phone=79991234567").body();
        String kept = get("/sandbox/park/contact?user=" + person + "&phone=79991234567&age=4000").body();
        String others = get("/sandbox/park/contact?user=" + person + "&owner=" + somebody() + "&phone=79991234567").body();
        assertThat(confirm(old, "c".repeat(32), "contact", kept).statusCode()).isEqualTo(401);
        assertThat(confirm(old, "c".repeat(32), "contact", others).statusCode()).isEqualTo(403);
        assertThat(confirm(old, "c".repeat(32), "contact", contact).statusCode()).isEqualTo(200);
        assertThat(confirm(old, "c".repeat(32), "contact", contact).statusCode()).isEqualTo(200);
        assertThat(confirm(old, "d".repeat(32), "contact", contact).statusCode()).isEqualTo(403);
        assertThat(tried(old, "c".repeat(32))).isEqualTo(404);
        assertThat(tried(old, "d".repeat(32))).isEqualTo(401);
    }

    private String codeOnItsWay(String old) {
        int before = chat(person).size();
        tried(old, "f".repeat(32));
        soon().until(() -> chat(person).size() > before);
        return chat(person).get(chat(person).size() - 1).replaceFirst("(?s)\\D*(\\d{6}).*", "$1");
    }

    private static String other(String code) {
        return String.format("%06d", (Integer.parseInt(code) + 1) % 1_000_000);
    }

    /** Whoever has stolen init data can have codes sent, and cannot guess them: not in a row, not at once, not over days. */
    @Test
    void codesAreNotGuessed() {
        String old = signed("user=" + person + "&age=200000");
        String code = codeOnItsWay(old);
        IntStream.range(0, 40).parallel().forEach(guess -> assertThat(confirm(old, "f".repeat(32), "code", other(code)).statusCode()).isEqualTo(403));
        assertThat(confirm(old, "f".repeat(32), "code", code).statusCode()).isEqualTo(403);
        // of each code five tries, of each day twenty, and then no further code
        jdbc.update("UPDATE park_confirmations SET created_at = created_at - interval '2 hours' WHERE tg_id = ?", person);
        for (int guess = 0; guess < 40; guess++) {
            confirm(old, "f".repeat(32), "code", other(code));
            jdbc.update("UPDATE park_confirmations SET created_at = created_at - interval '20 minutes' WHERE tg_id = ?", person);
        }
        assertThat(jdbc.queryForObject("SELECT sum(tries) FROM park_confirmations WHERE tg_id = ?", Long.class, person)).isLessThanOrEqualTo(20);
        assertThat(tried(old, "f".repeat(32))).isEqualTo(401);
        assertThat(jdbc.queryForObject("SELECT max(tries) FROM park_confirmations WHERE tg_id = ?", Long.class, person)).isEqualTo(5);
        String contact = get("/sandbox/park/contact?user=" + person + "&phone=79991234567").body();
        assertThat(confirm(old, "f".repeat(32), "contact", contact).statusCode()).isEqualTo(200);
        assertThat(tried(old, "f".repeat(32))).isEqualTo(404);
    }

    /** The answer was lost and another device has asked since: the first one's proof still stands. */
    @Test
    void anAnswerThatWasLostIsGivenAgain() {
        String old = signed("user=" + person + "&age=200000");
        String first = codeOnItsWay(old);
        assertThat(confirm(old, "1".repeat(32), "code", first).statusCode()).isEqualTo(200);
        String second = codeOnItsWay(old);
        assertThat(confirm(old, "1".repeat(32), "code", first).statusCode()).isEqualTo(200);
        assertThat(confirm(old, "2".repeat(32), "code", second).statusCode()).isEqualTo(200);
        assertThat(tried(old, "1".repeat(32))).isEqualTo(404);
        assertThat(tried(old, "2".repeat(32))).isEqualTo(404);
        assertThat(jdbc.queryForObject("SELECT sum(tries) FROM park_confirmations WHERE tg_id = ?", Long.class, person)).isZero();
    }

    /** Somebody else's code is worth nothing here, and the code stands nowhere but in the person's chat. */
    @Test
    void aCodeIsItsPersonsOnly() {
        long thief = somebody();
        String code = codeOnItsWay(signed("user=" + person + "&age=200000"));
        String thiefs = signed("user=" + thief + "&age=200000");
        assertThat(tried(thiefs, "3".repeat(32))).isEqualTo(401);
        assertThat(confirm(thiefs, "3".repeat(32), "code", code).statusCode()).isEqualTo(403);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox o JOIN park_confirmations c ON o.subject_id = c.tg_id::text"
                + " WHERE c.tg_id = ? AND (o.payload::text || coalesce(o.last_error, '')) LIKE ?", Long.class, person, "%" + code + "%")).isZero();
    }

    @Test
    void howeverOftenItIsTriedOneCodeIsOnItsWay() {
        String old = signed("user=" + person + "&age=4000");
        IntStream.range(0, 6).parallel().forEach(time -> tried(old, "e".repeat(32)));
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind = 'telegram.park-code' AND subject_id = ?", Long.class,
                String.valueOf(person))).isEqualTo(1);
    }

    /** What Telegram signed before the chat was closed says nothing about it. */
    @Test
    void keptInitDataDoNotOpenAChatThatWasClosedSince() {
        belongs(person, client("Завод «Пример»"));
        jdbc.update("UPDATE telegram_users SET chat_closed = true, chat_closed_at = now() - interval '10 minutes', name = 'Иван' WHERE tg_id = ?", person);
        assertThat(postJson("/sandbox/api/chats/" + person + "/close", "{\"closed\":true}").statusCode()).isEqualTo(200);
        assertThat(ask("/api/park/me", signed("user=" + person + "&age=1800")).statusCode()).isEqualTo(200);
        assertThat(jdbc.queryForObject("SELECT chat_closed FROM telegram_users WHERE tg_id = ?", Boolean.class, person)).isTrue();
    }

    @Test
    void aChatThatWasClosedIsOpenAgainWhenTelegramSaysThatTheBotMayWrite() {
        belongs(person, client("Завод «Пример»"));
        jdbc.update("UPDATE telegram_users SET chat_closed = true, name = 'Иван' WHERE tg_id = ?", person);
        assertThat(me(person).at("/user/name").asText()).isEqualTo("Иван");
        assertThat(jdbc.queryForObject("SELECT chat_closed FROM telegram_users WHERE tg_id = ?", Boolean.class, person)).isFalse();
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgain() {
        String right = signed("user=" + person);
        HttpResponse<String> answer = null;
        for (int i = 0; i < 600 && (answer == null || answer.statusCode() == 200); i++) {
            answer = ask("/api/park/me", right);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d?");
        assertThat(ask("/api/park/me", somebody()).statusCode()).isEqualTo(200);
    }

    @Test
    void onesOwnMachinesAndNobodyElses() {
        UUID own = client("Завод «Пример»");
        UUID other = client("Другой завод");
        belongs(person, own);
        UUID due = machine(own, "SN-" + UUID.randomUUID(), 30);
        UUID later = machine(own, "SN-" + UUID.randomUUID(), 31);
        UUID today = machine(own, "SN-" + UUID.randomUUID(), 0);
        UUID unknown = machine(own, "SN-" + UUID.randomUUID(), null);
        UUID others = machine(other, "SN-" + UUID.randomUUID(), 5);

        HttpResponse<String> answer = ask("/api/park/machines", person);
        JsonNode list = Json.read(answer.body());
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(list.path("client").asText()).isEqualTo("Завод «Пример»");
        assertThat(list.path("machines")).extracting(one -> one.path("id").asText())
                .containsExactly(today.toString(), due.toString(), later.toString(), unknown.toString());
        assertThat(list.path("machines")).extracting(one -> one.path("soon").asBoolean()).containsExactly(false, true, false, false);
        assertThat(list.path("machines")).extracting(one -> one.path("days").isNull() ? null : one.path("days").asInt()).containsExactly(0, 30, 31, null);
        assertThat(list.at("/machines/1/next_maintenance").asText()).isEqualTo(TODAY.plusDays(30).toString());
        assertThat(ask("/api/park/machines/" + due, person).statusCode()).isEqualTo(200);
        for (String id : List.of(others.toString(), UUID.randomUUID().toString(), "x", due + "x", "..")) {
            assertThat(ask("/api/park/machines/" + id, person).statusCode()).as(id).isIn(400, 404);
        }
        JsonNode strangers = Json.read(ask("/api/park/machines", somebody()).body());
        assertThat(strangers.path("client").isNull()).isTrue();
        assertThat(strangers.path("machines")).isEmpty();
    }
}
