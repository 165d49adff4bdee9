package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What happens in the CRM while its webhooks are switched off is made up for. */
class ReconciliationIT extends RunningRelay {

    private static final long CLIENTS = 10226282;
    private static final long PARTS = 10245926;
    private static final long IN_WORK = 80953558;
    private static final String[] ADMIN = {"Authorization",
        "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes(StandardCharsets.UTF_8))};

    private final String serial = "SN-" + UUID.randomUUID();
    private final long person = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);

    @Autowired
    private Outbox outbox;

    @AfterEach
    void hooksOn() {
        assertThat(postJson("/api/admin/webhooks", "{}", ADMIN).statusCode()).isEqualTo(200);
    }

    private static void hooksOff() {
        assertThat(Json.read(postJson("/sandbox/api/hooks/disable", "{}").body()).path("disabled").asInt()).isEqualTo(1);
    }

    private static JsonNode crm(String method, String path, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url("/sandbox/amocrm/api/v4" + path)))
                .header("Authorization", "Bearer sandbox").header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build());
        return Json.read(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private static void act(String path, String body) {
        assertThat(postJson("/sandbox/api/" + path, body).statusCode()).isEqualTo(200);
    }

    private static String somePhone() {
        return "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999);
    }

    private long deal(String phone) {
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Покупатель\",\"phone\":\"" + phone + "\",\"message\":\""
                + UUID.randomUUID() + "\"}"));
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id = ?", Long.class,
                String.valueOf(deal)) == 1);
        return deal;
    }

    private Map<String, Object> row(long deal) {
        return jdbc.queryForMap("SELECT * FROM amocrm_deals WHERE amocrm_deal_id = ?", String.valueOf(deal));
    }

    private long count(String sql, Object... values) {
        return jdbc.queryForObject("SELECT count(*) " + sql, Long.class, values);
    }

    private long reconcile(Instant from) {
        HttpResponse<String> answer = postJson("/api/admin/reconcile", "{\"account\":\"default\",\"from\":" + from.getEpochSecond() + "}", ADMIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        long run = Json.read(answer.body()).path("runs").path(0).path("id").asLong();
        soon().until(() -> count("FROM reconciliations WHERE id = ? AND finished_at IS NOT NULL", run) == 1);
        inboxEmpty();
        return run;
    }

    private long found(long run) {
        return jdbc.queryForObject("SELECT found_changes + found_deals + found_contacts FROM reconciliations WHERE id = ?", Long.class, run);
    }

    @Test
    void whatHappenedWhileTheHooksWereOffIsMadeUpForOnce() {
        String phone = somePhone();
        long won = deal(somePhone());
        long movedOn = deal(somePhone());
        long otherPipeline = deal(somePhone());
        long gone = deal(somePhone());
        long changed = deal(phone);
        inboxEmpty();
        long contact = jdbc.queryForObject("SELECT contact_id FROM amocrm_contacts WHERE phones @> ARRAY[?]::text[]", Long.class, phone);
        Instant begin = Instant.now().minusSeconds(2);
        long before = jdbc.queryForObject("SELECT coalesce(max(id), 0) FROM outbox", Long.class);
        hooksOff();

        win(won, serial + "-A", "ЧПУ 1", person);
        win(movedOn, serial + "-B", "ЧПУ 2", person + 1);
        move(movedOn, CLIENTS, IN_WORK);
        move(otherPipeline, PARTS, crm("GET", "/leads/pipelines/" + PARTS, null).path("_embedded").path("statuses").path(1).path("id").asLong());
        act("leads/" + gone + "/delete", "{}");
        crm("PATCH", "/contacts/" + contact, "{\"name\":\"Новое Имя\"}");
        assertThat(row(won).get("status_id")).as("nothing told of it").isNotEqualTo(142L);
        long run = reconcile(begin);

        assertThat(found(run)).isPositive();
        soon().until(() -> count("FROM machine_instances WHERE serial_number LIKE ?", serial + "%") == 2);
        soon().untilAsserted(() -> {
            assertThat(chat(person)).hasSize(1);
            assertThat(chat(person + 1)).hasSize(1);
        });
        assertThat(row(won)).containsEntry("status_id", 142L);
        assertThat(row(movedOn)).containsEntry("status_id", IN_WORK);
        assertThat(row(otherPipeline)).containsEntry("pipeline_id", PARTS).containsEntry("deleted", false);
        assertThat(row(gone)).containsEntry("deleted", true);
        assertThat(row(changed)).containsEntry("deleted", false);
        assertThat(jdbc.queryForObject("SELECT name FROM amocrm_contacts WHERE contact_id = ?", String.class, contact)).isEqualTo("Новое Имя");

        // what others of this database owe may wait for days
        soon().until(() -> count("FROM outbox WHERE id > ? AND status IN ('pending', 'failed') AND kind <> 'crm.hook-watch'", before) == 0);
        long events = count("FROM amocrm_webhook_events");
        long effects = count("FROM outbox WHERE kind NOT LIKE 'crm.reconciliation'");
        long second = reconcile(begin);
        assertThat(count("FROM amocrm_webhook_events")).as(() -> "found again: " + jdbc.queryForList(
                "SELECT event_type, payload::text, ts FROM amocrm_webhook_events ORDER BY id DESC LIMIT 8")).isEqualTo(events);
        assertThat(found(second)).as("a second one finds nothing").isZero();
        assertThat(count("FROM outbox WHERE kind NOT LIKE 'crm.reconciliation'")).isEqualTo(effects);
        assertThat(chat(person)).hasSize(1);
        assertThat(chat(person + 1)).hasSize(1);
    }

    @Test
    void whatTheHooksHaveToldIsNotMissed() {
        Instant begin = Instant.now().minusSeconds(1);
        long deal = deal(somePhone());
        win(deal, serial, "ЧПУ 3", person);
        soon().until(() -> chat(person).size() == 1);
        inboxEmpty();
        // a read in the very second of a change would be made again
        long second = Instant.now().getEpochSecond();
        soon().until(() -> Instant.now().getEpochSecond() > second);
        crm("PATCH", "/leads/" + deal, "{\"price\":5}");
        soon().until(() -> row(deal).get("price").equals(5L));
        inboxEmpty();

        reconcile(begin);

        assertThat(count("FROM amocrm_webhook_events WHERE amocrm_entity_id = ? AND event_type = 'lead.status'"
                + " AND payload ->> 'source' = 'reconciliation'", String.valueOf(deal))).isZero();
        assertThat(chat(person)).hasSize(1);
    }

    @Test
    void whatIsDeletedAndRestoredMeanwhileIsThere() {
        long deal = deal(somePhone());
        act("leads/" + deal + "/delete", "{}");
        soon().until(() -> row(deal).get("deleted").equals(true));
        inboxEmpty();
        hooksOff();
        act("leads/" + deal + "/restore", "{}");

        reconcile(Instant.now().minusSeconds(30));

        assertThat(row(deal)).containsEntry("deleted", false);
    }

    @Test
    void aSubscriptionThatWasSwitchedOffIsSwitchedOnAndTheGapLookedThrough() {
        long deal = deal(somePhone());
        look();
        assertThat(jdbc.queryForObject("SELECT hook_state FROM account_watch WHERE account = 'default'", String.class)).isEqualTo("ok");
        hooksOff();
        win(deal, serial, "ЧПУ 4", person);

        look();

        JsonNode webhook = crm("GET", "/webhooks", null).path("_embedded").path("webhooks").path(0);
        assertThat(webhook.path("disabled").asBoolean(true)).isFalse();
        assertThat(webhook.path("settings")).as("with its own settings").hasSizeGreaterThan(20);
        soon().until(() -> count("FROM machine_instances WHERE serial_number = ?", serial) == 1);
        soon().until(() -> count("FROM reconciliations WHERE cause = 'hooks-off' AND finished_at IS NOT NULL") > 0);
        assertThat(send(metrics()).body()).contains("amocrm_hooks_on{account=\"default\"} 1.0")
                .contains("amocrm_reconciliation_found_total{account=\"default\",kind=\"changes\"}")
                .contains("amocrm_reconciliation_last_seconds{account=\"default\"}");
    }

    private static HttpRequest metrics() {
        return HttpRequest.newBuilder(URI.create(management("/actuator/prometheus"))).header(ADMIN[0], ADMIN[1]).build();
    }

    private void look() {
        String key = "crm.hook-watch:" + UUID.randomUUID();
        outbox.owe("crm.hook-watch", "default", key, "default", Json.object());
        soon().until(() -> count("FROM outbox WHERE dedupe_key = ? AND status = 'done'", key) == 1);
    }

    @Test
    void aSubscriptionThatIsNotThereIsOnlyTold() {
        crm("DELETE", "/webhooks", "{\"destination\":\"" + url("/webhook/amocrm") + "\"}");

        look();

        assertThat(jdbc.queryForObject("SELECT hook_state FROM account_watch WHERE account = 'default'", String.class)).isEqualTo("missing");
        assertThat(crm("GET", "/webhooks", null).path("_embedded").path("webhooks")).isEmpty();
        JsonNode made = Json.read(postJson("/api/admin/webhooks", "{\"account\":\"default\"}", ADMIN).body());
        assertThat(made.path("accounts").path(0).path("settings")).extracting(JsonNode::asText).contains("status_lead", "delete_contact", "add_talk");
        assertThat(crm("GET", "/webhooks", null).path("_embedded").path("webhooks")).hasSize(1);
        assertThat(postJson("/api/admin/webhooks", "{\"account\":\"default\"}", ADMIN).statusCode()).isEqualTo(200);
        assertThat(crm("GET", "/webhooks", null).path("_embedded").path("webhooks")).as("once more changes nothing").hasSize(1);
    }

    @Test
    void mergedContactsAreOneClientAndTheirDealsFollow() {
        String phone = somePhone();
        long deal = deal(phone);
        win(deal, serial, "ЧПУ 5", person);
        soon().until(() -> count("FROM machine_instances WHERE serial_number = ?", serial) == 1);
        Object owner = row(deal).get("client_id");
        long loser = jdbc.queryForObject("SELECT contact_id FROM amocrm_contacts WHERE phones @> ARRAY[?]::text[]", Long.class, phone);
        long winner = crm("POST", "/contacts", "[{\"name\":\"Он же\"}]").path("_embedded").path("contacts").path(0).path("id").asLong();
        soon().until(() -> count("FROM amocrm_contacts WHERE contact_id = ?", winner) == 1);
        inboxEmpty();

        act("contacts/" + loser + "/merge", "{\"into\":" + winner + "}");

        soon().until(() -> count("FROM amocrm_contacts WHERE contact_id = ? AND deleted", loser) == 1);
        soon().untilAsserted(() -> assertThat(Json.read(row(deal).get("deal_full_data").toString()).path("_embedded").path("contacts"))
                .extracting(contact -> contact.path("id").asLong()).containsExactly(winner));
        inboxEmpty();
        long next = deal(phone);
        assertThat(row(next)).containsEntry("client_id", owner);
        assertThat(row(deal)).containsEntry("client_id", owner);
        assertThat(jdbc.queryForList("SELECT tg_id FROM telegram_users WHERE client_id = ?", Long.class, owner)).containsExactly(person);
    }

    @Test
    void onlyTheAdminMayAndOnlyWhatMakesSense() {
        assertThat(postJson("/api/admin/reconcile", "{}").statusCode()).isEqualTo(401);
        assertThat(postJson("/api/admin/webhooks", "{}").statusCode()).isEqualTo(401);
        assertThat(post("/api/admin/reconcile", "text/plain", new byte[0], ADMIN).statusCode()).isEqualTo(415);
        for (String wish : List.of("{\"from\":\"gestern\"}", "[]", "{", "{\"from\":200,\"to\":100}")) {
            assertThat(postJson("/api/admin/reconcile", wish, ADMIN).statusCode()).as(wish).isEqualTo(400);
        }
        assertThat(postJson("/api/admin/reconcile", "{\"account\":\"nobody\"}", ADMIN).statusCode()).isEqualTo(404);
        long run = reconcile(Instant.now().minusSeconds(3));
        HttpResponse<String> list = send(HttpRequest.newBuilder(URI.create(url("/api/admin/reconciliations"))).header(ADMIN[0], ADMIN[1]).build());
        assertThat(Json.read(list.body()).path("runs").path(0).path("id").asLong()).isEqualTo(run);
        assertThat(Json.read(list.body()).path("runs").path(0).path("step").asText()).isEqualTo("done");
    }
}
