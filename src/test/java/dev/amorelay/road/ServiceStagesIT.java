package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** An engineer moves a request, the CRM moves it, and neither moves it back. */
class ServiceStagesIT extends ServiceRelay {

    private static final String PUSH = "service.stage.push";

    private List<String> told() {
        return chat(person).stream().map(text -> text.replaceAll("(?s)Заявка №\\d+ ([а-я ]+)\\..*", "$1")).toList();
    }

    @Test
    void anEngineerTakesARequestAndMarksItDone() {
        String id = id(opened());
        long deal = deal(id);

        assertThat(step(id, "take", "").path("status").asText()).isEqualTo("in_progress");

        awaitStage(deal, TAKEN);
        assertThat(machineRow()).containsEntry("status", "repair");
        assertThat(row(id)).containsEntry("engineer", engineer);
        LocalDate next = LocalDate.now().plusYears(1);
        assertThat(step(id, "done", "{\"result\":\"Заменили подшипник\",\"next_maintenance\":\"" + next + "\"}").path("result").asText())
                .isEqualTo("Заменили подшипник");
        awaitStage(deal, DONE);
        quiet(id);
        assertThat(machineRow()).containsEntry("status", "operational");
        assertThat(jdbc.queryForObject("SELECT (next_maintenance_date AT TIME ZONE 'Europe/Moscow')::date::text FROM machine_instances WHERE id = ?",
                String.class, machine)).isEqualTo(next.toString());
        assertThat(history()).singleElement().satisfies(line -> {
            assertThat(line.path("title").asText()).startsWith("Заявка №");
            assertThat(line.path("description").asText()).isEqualTo("Заменили подшипник");
            assertThat(line.path("status").asText()).isEqualTo("done");
            assertThat(line.path("date").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
        });
        soon().untilAsserted(() -> assertThat(told()).containsExactly("принята", "в работе", "выполнена"));
        assertThat(chat(person).get(2)).contains("Заменили подшипник").contains("Следующее ТО: ");
        assertThat(crmLead(deal).path("notes").toString()).contains("ВЫПОЛНЕНА:\\nЗаменили подшипник");
        assertThat(stages(deal)).containsExactly(TAKEN, DONE);
    }

    /** A won deal with a serial number in it: nothing is sold by it. */
    @Test
    void theDealOfARequestThatIsWonRegistersNothing() {
        String seller = "900000";
        jdbc.update("UPDATE machine_instances SET amocrm_deal_id = ? WHERE id = ?", seller, machine);
        String id = id(opened());
        long deal = deal(id);
        step(id, "done", "{\"result\":\"Готово\"}");
        awaitStage(deal, DONE);
        quiet(id);
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id = ? AND status_id = 142", Long.class,
                String.valueOf(deal)) == 1);

        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind = 'machine.register' AND subject_id = ?", Long.class,
                String.valueOf(deal))).isZero();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind = 'telegram.machine-registered' AND subject_id = ?", Long.class, serial)).isZero();
        assertThat(machineRow()).containsEntry("amocrm_deal_id", seller).containsEntry("client_id", client);
    }

    /** Who was taken off a client is not put back by the end of an old request. */
    @Test
    void theEndOfARequestLinksNobody() {
        String id = id(opened());
        long deal = deal(id);
        jdbc.update("UPDATE telegram_users SET client_id = NULL, linked_by = NULL WHERE tg_id = ?", person);
        move(deal, CLIENTS, DONE);
        awaitStatus(id, "done");
        quiet(id);

        assertThat(jdbc.queryForMap("SELECT client_id FROM telegram_users WHERE tg_id = ?", person).get("client_id")).isNull();
    }

    @Test
    void aStageThatIsMovedInTheCrmMovesTheRequest() {
        String id = id(opened());
        long deal = deal(id);

        move(deal, CLIENTS, TAKEN);
        awaitStatus(id, "in_progress");
        assertThat(machineRow()).containsEntry("status", "repair");
        move(deal, CLIENTS, INVOICE);
        move(deal, CLIENTS, DONE);
        awaitStatus(id, "done");

        quiet(id);
        assertThat(machineRow()).containsEntry("status", "operational");
        assertThat(history()).hasSize(1);
        soon().untilAsserted(() -> assertThat(told()).containsExactly("принята", "в работе", "выполнена"));
        assertThat(outbox(id)).noneMatch(effect -> effect.get("kind").toString().startsWith("crm."));
        assertThat(stages(deal)).containsExactly(TAKEN, INVOICE, DONE);
    }

    @Test
    void aDealThatIsLostCancelsTheRequest() {
        String id = id(opened());
        long deal = deal(id);
        step(id, "take", "");
        awaitStage(deal, TAKEN);

        move(deal, CLIENTS, LOST);

        awaitStatus(id, "cancelled");
        quiet(id);
        assertThat(machineRow()).containsEntry("status", "operational");
        assertThat(history()).isEmpty();
        soon().untilAsserted(() -> assertThat(told()).containsExactly("принята", "в работе", "отменена"));
        // what has ended stays so
        move(deal, CLIENTS, TAKEN);
        quiet(id);
        assertThat(row(id)).containsEntry("status", "cancelled");
    }

    @Test
    void theClientCallsItsRequestOffAsLongAsNobodyHasTakenIt() {
        String id = id(opened());
        long deal = deal(id);
        HttpResponse<String> cancelled = asUser(person, "/api/service-requests/" + id + "/cancel", "");
        assertThat(cancelled.statusCode()).isEqualTo(200);
        awaitStage(deal, LOST);
        soon().untilAsserted(() -> assertThat(chat(engineer)).hasSize(2).last().asString().startsWith("Заявка №").contains("отменена"));
        assertThat(asUser(person, "/api/service-requests/" + id + "/cancel", "").statusCode()).as("once more").isEqualTo(200);
        assertThat(asUser(engineer, "/api/service-requests/" + id + "/take", "").statusCode()).isEqualTo(409);

        String other = id(opened());
        step(other, "take", "");
        HttpResponse<String> tooLate = asUser(person, "/api/service-requests/" + other + "/cancel", "");
        assertThat(tooLate.statusCode()).isEqualTo(409);
        assertThat(Json.read(tooLate.body()).path("detail").asText()).endsWith("уже в работе.");
        assertThat(step(other, "cancel", "").path("status").asText()).as("by the engineer").isEqualTo("cancelled");
        deal(other);
        quiet(other);
    }

    @Test
    void ofTwoEngineersOneHasIt() {
        long second = engineer + 5;
        jdbc.update("INSERT INTO telegram_users (tg_id, role, staff, chat_closed) VALUES (?, 'engineer', true, true)", second);
        String id = id(opened());
        step(id, "take", "");

        assertThat(asUser(second, "/api/service-requests/" + id + "/take", "").statusCode()).isEqualTo(409);
        assertThat(step(id, "take", "").path("status").asText()).as("once more").isEqualTo("in_progress");

        assertThat(row(id)).containsEntry("engineer", engineer);
        jdbc.update("UPDATE telegram_users SET staff = false WHERE tg_id = ?", second);
        deal(id);
        quiet(id);
    }

    @Test
    void theAdminsPasswordIsAnEngineersToo() {
        String id = id(opened());
        String take = "/api/service-requests/" + id + "/take";

        assertThat(postJson(take, "{}", "Authorization", "Basic YWRtaW46d3Jvbmc=").statusCode()).isEqualTo(401);
        assertThat(post(take, "text/plain", "{}".getBytes(), "Authorization", Jolokia.ADMIN).statusCode()).as("a foreign page's form").isEqualTo(422);
        assertThat(asAdmin(take, "{}").statusCode()).isEqualTo(200);
        assertThat(asAdmin("/api/service-requests/" + id + "/done", "{\"result\":\"Готово\"}").statusCode()).isEqualTo(200);

        assertThat(row(id)).containsEntry("status", "done").containsEntry("engineer", null);
        deal(id);
        quiet(id);
    }

    @Test
    void aRequestThatWasTakenBeforeItsDealWasThereTellsTheDealLater() throws Exception {
        String id;
        camel.getRouteController().suspendRoute("leads.delivery.create");
        try {
            id = id(opened());
            step(id, "take", "");
            assertThat(outbox(id)).noneMatch(effect -> effect.get("kind").equals("crm.lead-status"));
        } finally {
            camel.getRouteController().resumeRoute("leads.delivery.create");
        }

        awaitStage(deal(id), TAKEN);
    }

    @Test
    void whatWasMovedLaterInTheCrmIsNotMovedBack() throws Exception {
        String id = id(opened());
        long deal = deal(id);
        camel.getRouteController().suspendRoute(PUSH);
        try {
            step(id, "take", "");
            // amoCRM counts seconds
            long taken = Instant.now().getEpochSecond();
            soon().until(() -> Instant.now().getEpochSecond() > taken);
            move(deal, CLIENTS, INVOICE);
        } finally {
            camel.getRouteController().resumeRoute(PUSH);
        }

        soon().untilAsserted(() -> assertThat(pushes(id)).singleElement().satisfies(push -> {
            assertThat(push).contains("skipped").contains("позже передвинули");
        }));
        assertThat(stages(deal)).containsExactly(INVOICE);
        quiet(id);
        assertThat(row(id)).containsEntry("status", "in_progress");
    }

    @Test
    void anOlderStageNeverArrivesAfterANewerOne() throws Exception {
        String id = id(opened());
        long deal = deal(id);
        camel.getRouteController().suspendRoute(PUSH);
        try {
            step(id, "take", "");
            step(id, "done", "{\"result\":\"Готово\"}");
        } finally {
            camel.getRouteController().resumeRoute(PUSH);
        }

        awaitStage(deal, DONE);
        quiet(id);
        assertThat(pushes(id)).hasSize(2).first().asString().contains("skipped");
        assertThat(stages(deal)).containsExactly(DONE);
        assertThat(row(id)).containsEntry("status", "done");
    }

    @Test
    void aPushThatIsDoneOnceMoreChangesNothing() {
        String id = id(opened());
        long deal = deal(id);
        step(id, "take", "");
        awaitStage(deal, TAKEN);
        fault("{\"fault\":\"drop_after\",\"count\":1,\"on\":\"PATCH leads\"}");
        step(id, "done", "{\"result\":\"Готово\"}");
        quiet(id);
        mend();
        allIsQuiet();
        // as after the death of a worker that had done all but to say so
        jdbc.update("UPDATE outbox SET status = 'pending', next_attempt_at = now(), attempts = 0 WHERE subject_id = ? AND kind LIKE 'crm.%'", id);
        quiet(id);

        assertThat(stages(deal)).containsExactly(TAKEN, DONE);
        assertThat(StreamSupport.stream(crmLead(deal).path("notes").spliterator(), false).filter(note -> note.asText().contains("ВЫПОЛНЕНА")))
                .as("once").hasSize(1);
        assertThat(history()).hasSize(1);
        soon().untilAsserted(() -> assertThat(told()).containsExactly("принята", "в работе", "выполнена"));
    }

    @Test
    void theDealsWebhookMayComeBeforeTheAnswerToItsCreation() {
        fault("{\"fault\":\"drop_after\",\"count\":1,\"on\":\"POST leads\"}");
        String id = id(opened());
        // the look whether the deal is there comes late
        soon().pollInterval(Duration.ofMillis(10)).until(() -> jdbc.update("UPDATE outbox SET next_attempt_at = now() + interval '1 hour' WHERE subject_id = ? AND in_doubt"
                + " AND status = 'failed'", lead(id)) == 1);
        long deal = there();
        assertThat(row(id).get("amocrm_deal_id")).as("the answer is lost").isNull();

        move(deal, CLIENTS, DONE);

        awaitStatus(id, "done");
        mend();
        deal(id);
        quiet(id);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind = 'telegram.machine-registered' AND subject_id = ?", Long.class, serial)).isZero();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind = 'machine.register' AND subject_id = ? AND status <> 'skipped'",
                Long.class, String.valueOf(deal))).isZero();
        assertThat(history()).hasSize(1);
    }

    private long there() {
        for (JsonNode lead : sandbox().path("leads")) {
            if (lead.path("fields").toString().contains(serial)) {
                return lead.path("id").asLong();
            }
        }
        return 0;
    }

    private List<String> pushes(String id) {
        return outbox(id).stream().filter(effect -> effect.get("kind").equals("crm.lead-status"))
                .map(effect -> effect.get("status") + " " + effect.get("last_error")).toList();
    }
}
