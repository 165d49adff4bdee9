package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** People of the Mini App, and what they ask of its API over HTTP. */
abstract class ParkApi extends RunningRelay {


    static final long ACCOUNT = 31_000_001;
    static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Moscow"));

    final long person = somebody();
    final String phone = somePhone();

    static long somebody() {
        return ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
    }

    static String somePhone() {
        return "+7999" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
    }

    static String signed(String query) {
        return get("/sandbox/park/init-data?" + query).body();
    }

    static HttpResponse<String> ask(String path, String initData) {
        return send(HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", "tma " + initData).build());
    }

    static HttpResponse<String> ask(String path, long user) {
        return ask(path, signed("user=" + user));
    }

    static JsonNode me(long user) {
        return Json.read(ask("/api/park/me", user).body());
    }

    static HttpResponse<String> link(long user, String field, String value) {
        return postJson("/api/park/link", Json.write(Json.object().put(field, value)), "Authorization", "tma " + signed("user=" + user));
    }

    static HttpResponse<String> share(long user, String query) {
        return link(user, "contact", get("/sandbox/park/contact?user=" + user + "&" + query.replace("+", "")).body());
    }

    static String invite(String wish) {
        HttpResponse<String> answer = postJson("/api/admin/invitations", wish, "Authorization", Jolokia.ADMIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return tokenIn(Json.read(answer.body()).path("link").asText());
    }

    static String tokenIn(String text) {
        return text.replaceFirst("(?s).*\\?startapp=inv_([A-Za-z0-9_-]{32}).*", "$1");
    }

    UUID client(String name) {
        return jdbc.queryForObject("INSERT INTO clients (name, account_id) VALUES (?, ?) RETURNING id", UUID.class, name, ACCOUNT);
    }

    void belongs(long user, UUID client) {
        jdbc.update("""
                INSERT INTO telegram_users (tg_id, client_id, linked_by) VALUES (?, ?, 'sale')
                ON CONFLICT (tg_id) DO UPDATE SET client_id = excluded.client_id""", user, client);
    }

    long contact(UUID client, String number) {
        long id = somebody();
        jdbc.update("INSERT INTO amocrm_contacts (account_id, contact_id, client_id, name, phones) VALUES (?, ?, ?, 'Пример', ARRAY[?])",
                ACCOUNT, id, client, number);
        return id;
    }

    UUID machine(UUID client, String serial, Integer days) {
        return jdbc.queryForObject("""
                INSERT INTO machine_instances (serial_number, model, client_id, next_maintenance_date)
                VALUES (?, '16К20', ?, (?::date + ?::int)::timestamp AT TIME ZONE 'Europe/Moscow') RETURNING id""",
                UUID.class, serial, client, TODAY, days);
    }

    UUID clientOf(long user) {
        return jdbc.queryForObject("SELECT client_id FROM telegram_users WHERE tg_id = ?", UUID.class, user);
    }
}
