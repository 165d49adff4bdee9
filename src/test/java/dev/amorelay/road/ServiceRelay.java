package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client with a machine, and an engineer of the supplier, at the doors of service. */
abstract class ServiceRelay extends FaultyOutside {

    static final long CLIENTS = 10226282;
    static final long TAKEN = 80953558;
    static final long INVOICE = 80953562;
    static final long DONE = 142;
    static final long LOST = 143;
    private static final long ACCOUNT = 31000001;

    final long person = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
    final long engineer = person + 1;
    final String serial = "SN-" + UUID.randomUUID();
    UUID client;
    UUID machine;

    @BeforeEach
    void aClientWithAMachine() {
        client = client(person, "Завод «Пример»");
        machine = jdbc.queryForObject("INSERT INTO machine_instances (serial_number, model, client_id, account_id, next_maintenance_date)"
                + " VALUES (?, '16К20', ?, ?, now() + interval '200 days') RETURNING id", UUID.class, serial, client, ACCOUNT);
        jdbc.update("INSERT INTO telegram_users (tg_id, role, staff) VALUES (?, 'engineer', true)", engineer);
    }

    @AfterEach
    void theEngineerGoesHome() {
        jdbc.update("UPDATE telegram_users SET staff = false WHERE tg_id = ?", engineer);
    }

    UUID client(long telegramId, String name) {
        UUID id = jdbc.queryForObject("INSERT INTO clients (name, account_id) VALUES (?, ?) RETURNING id", UUID.class, name, ACCOUNT);
        jdbc.update("INSERT INTO telegram_users (tg_id, client_id, linked_by, phone) VALUES (?, ?, 'sale', ?)", telegramId, id,
                "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999));
        return id;
    }

    static String tma(long user) {
        return "tma " + get("/sandbox/park/init-data?user=" + user).body();
    }

    static HttpResponse<String> asUser(long user, String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", tma(user));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(json == null ? request.build() : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build());
    }

    static HttpResponse<String> asAdmin(String path, String json) {
        return postJson(path, json, "Authorization", Jolokia.ADMIN);
    }

    ObjectNode form() {
        return Json.object().put("machine_id", machine.toString()).put("description", "Шпиндель шумит");
    }

    /** Sends a request that must be taken. */
    JsonNode opened() {
        HttpResponse<String> answer = asUser(person, "/api/service-requests", Json.write(form()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.read(answer.body());
    }

    static String id(JsonNode request) {
        return request.path("id").asText();
    }

    /** Makes a step that must be made. */
    JsonNode step(String id, String what, String json) {
        HttpResponse<String> answer = asUser(engineer, "/api/service-requests/" + id + "/" + what, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    String lead(String id) {
        return jdbc.queryForObject("SELECT lead_id::text FROM service_requests WHERE id = ?::uuid", String.class, id);
    }

    /** The CRM's id of a request's deal, once it is delivered with its notes. */
    long deal(String id) {
        long deal = delivered(lead(id));
        assertThat(row(id)).containsEntry("amocrm_deal_id", String.valueOf(deal)).containsEntry("account_id", ACCOUNT);
        return deal;
    }

    Map<String, Object> row(String id) {
        return jdbc.queryForMap("SELECT * FROM service_requests WHERE id = ?::uuid", id);
    }

    Map<String, Object> machineRow() {
        return jdbc.queryForMap("SELECT * FROM machine_instances WHERE id = ?", machine);
    }

    JsonNode history() {
        return Json.read(machineRow().get("service_history").toString());
    }

    void awaitStatus(String id, String status) {
        soon().untilAsserted(() -> assertThat(row(id)).containsEntry("status", status));
    }

    void awaitStage(long deal, long stage) {
        soon().untilAsserted(() -> assertThat(crmLead(deal).path("status_id").asLong()).isEqualTo(stage));
    }

    static String field(long deal, long field) {
        return StreamSupport.stream(crmLead(deal).path("fields").spliterator(), false)
                .filter(one -> one.path("id").asLong() == field).map(one -> one.path("value").asText()).findFirst().orElse(null);
    }

    /** The stages through which a deal has gone, in the CRM's own event log. */
    List<Long> stages(long deal) {
        return jdbc.queryForList("SELECT (after #>> '{0,lead_status,id}')::bigint FROM sandbox.events"
                + " WHERE type = 'lead_status_changed' AND entity_id = ? ORDER BY id", Long.class, deal);
    }

    /** Until webhooks are through and nothing is owed about a request. */
    void quiet(String id) {
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM sandbox.hook_queue", Long.class) == 0);
        inboxEmpty();
        soon().untilAsserted(() -> assertThat(outbox(id)).noneMatch(effect -> List.of("pending", "failed").contains(effect.get("status"))));
    }
}
