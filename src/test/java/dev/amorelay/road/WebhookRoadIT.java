package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a hook to rows in the inbox, and from there to what we keep of the CRM. */
class WebhookRoadIT extends RunningRelay {

    private long stored(String type, String entity) {
        return jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events WHERE event_type = ? AND amocrm_entity_id = ?",
                Long.class, type, entity);
    }

    @ParameterizedTest
    @CsvSource({
            "lead-add.txt, lead.add, 32966269",
            "lead-status-tags-date-select.txt, lead.status, 30267969",
            "lead-status-two-in-one.txt, lead.status, 1001",
            "lead-status-two-in-one.txt, lead.status, 1002",
            "contact-update-multitext.txt, contact.update, 37054081",
            "task-update.txt, task.update, 1564835",
            "unsorted-accept.txt, unsorted.delete, f575b754b0d1eb1c380e53d6821ffd2820a6dfbe3822de0cfddaf266980f"})
    void aRealHookIsStoredOnceHoweverOftenItComes(String file, String type, String entity) throws IOException {
        String body = sample("webhooks/" + file);

        for (String door : List.of("/webhook/amocrm", "/api/amocrm/webhook", "/amocrm", "/webhook/amocrm/some-key")) {
            HttpResponse<String> answer = postForm(door, body);
            assertThat(answer.statusCode()).as(door).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
        }

        assertThat(stored(type, entity)).isEqualTo(1);
        inboxEmpty();
    }

    @Test
    void threeDeliveriesAtOnceAreOneEvent() throws Exception {
        String id = "7" + System.nanoTime() % 1_000_000_000L;
        Callable<Integer> deliver = () -> postForm("/webhook/amocrm",
                "leads[update][0][id]=" + id + "&leads[update][0][updated_at]=1748268669&account[id]=31000001").statusCode();
        ExecutorService senders = Executors.newFixedThreadPool(3);
        try {
            for (Future<Integer> answer : senders.invokeAll(Collections.nCopies(3, deliver))) {
                assertThat(answer.get()).isEqualTo(204);
            }
        } finally {
            senders.shutdown();
        }

        assertThat(stored("lead.update", id)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "%%%", "a[b", "{\"json\":", "x=1", "leads[add]=", "\u0000"})
    void whatCannotBeUnderstoodIsStoredAndMarked(String body) {
        HttpResponse<String> answer = postForm("/webhook/amocrm", body);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(jdbc.queryForList("SELECT outcome FROM amocrm_webhook_events WHERE event_type = 'unparsed' AND payload ->> 'raw' = ?",
                String.class, Json.storable(body))).containsExactly("unparsed");
    }

    @Test
    void severalEntitiesOfOneBodyAreRowsOfTheirOwn() {
        String id = "8" + System.nanoTime() % 1_000_000_000L;

        postForm("/webhook/amocrm", "leads[update][0][id]=" + id + "1&leads[update][7][id]=" + id + "2&contacts[update][0][id]=" + id
                + "3&contacts[update][0][type]=company&task[add][0][id]=" + id + "4&account[id]=31000001");

        assertThat(jdbc.queryForList("SELECT event_type FROM amocrm_webhook_events WHERE amocrm_entity_id LIKE ? ORDER BY amocrm_entity_id",
                String.class, id + "_")).containsExactly("lead.update", "lead.update", "company.update", "task.add");
    }

    @Test
    void aDealThatTheCrmDoesNotShowIsMarkedDeleted() {
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"На удаление\",\"phone\":\"+79995550001\",\"message\":\"" + UUID.randomUUID() + "\"}"));
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id = ? AND NOT deleted",
                Long.class, String.valueOf(deal)) == 1);

        postJson("/sandbox/api/leads/" + deal + "/delete", "{}");

        soon().until(() -> jdbc.queryForObject("SELECT deleted FROM amocrm_deals WHERE amocrm_deal_id = ?", Boolean.class,
                String.valueOf(deal)));
    }

    @Test
    void anEventHandedOnByAnExistingFlowGoesTheSameWay() {
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Из n8n\",\"phone\":\"+79995550002\",\"message\":\"" + UUID.randomUUID() + "\"}"));
        inboxEmpty();

        HttpResponse<String> answer = postJson("/amocrm/process-webhook", Json.write(Json.object()
                .put("event_type", "lead.update").put("entity_type", "lead").put("amocrm_entity_id", deal)
                .set("payload", Json.object().put("id", deal).put("updated_at", 1).put("account_id", 31000001))));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body())).isEqualTo(Json.read("{\"ok\":true,\"received\":true}"));
        soon().untilAsserted(() -> assertThat(jdbc.queryForList("""
                SELECT outcome FROM amocrm_webhook_events
                WHERE event_type = 'lead.update' AND amocrm_entity_id = ? AND payload ->> 'updated_at' = '1'""",
                String.class, String.valueOf(deal))).containsExactly("done"));
    }

    @Test
    void aTalkAndItsMessagesAreLinkedWithDealAndClient() {
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Чат\",\"phone\":\"+79995550003\",\"message\":\"" + UUID.randomUUID() + "\"}"));
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id = ? AND client_id IS NOT NULL",
                Long.class, String.valueOf(deal)) == 1);
        String talk = String.valueOf(System.nanoTime() % 1_000_000_000L);
        String message = UUID.randomUUID().toString();

        postForm("/webhook/amocrm", "talk[add][0][talk_id]=" + talk + "&talk[add][0][created_at]=1748268669&talk[add][0][updated_at]=1748268669"
                + "&talk[add][0][entity_id]=" + deal + "&talk[add][0][entity_type]=lead&talk[add][0][is_read]=0&talk[add][0][origin]=telegram"
                + "&account[id]=31000001");
        postForm("/webhook/amocrm", "message[add][0][id]=" + message + "&message[add][0][talk_id]=" + talk
                + "&message[add][0][text]=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82&message[add][0][created_at]=1748268670"
                + "&message[add][0][type]=incoming&message[add][0][author][name]=Anna&account[id]=31000001");

        soon().untilAsserted(() -> assertThat(jdbc.queryForList("SELECT text FROM conversation_messages WHERE message_id = ?",
                String.class, message)).containsExactly("Привет"));
        assertThat(jdbc.queryForObject("""
                SELECT count(*) FROM conversations c JOIN amocrm_deals d ON d.conversation_id = c.id AND d.client_id = c.client_id
                WHERE c.amocrm_talk_id = ? AND d.amocrm_deal_id = ? AND c.is_read = false""", Long.class, talk, String.valueOf(deal)))
                .isEqualTo(1);
    }

    @Test
    void contactEventsKeepOurCopyCurrent() {
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Контакт\",\"phone\":\"+79995550004\",\"message\":\"" + UUID.randomUUID() + "\"}"));

        soon().until(() -> jdbc.queryForObject("""
                SELECT count(*) FROM amocrm_contacts c JOIN amocrm_deals d USING (client_id)
                WHERE d.amocrm_deal_id = ? AND c.phones @> ARRAY['+79995550004'] AND NOT c.deleted""", Long.class, String.valueOf(deal)) == 1);
    }

    @Test
    void aDealOfACompanyAloneKeepsItsClient() {
        String[] token = {"Authorization", "Bearer sandbox"};
        long company = Json.read(postJson("/sandbox/amocrm/api/v4/companies", "[{\"name\":\"ООО Пример\"}]", token).body())
                .path("_embedded").path("companies").path(0).path("id").asLong();
        String deals = "[{\"name\":\"Без людей\",\"_embedded\":{\"companies\":[{\"id\":" + company + "}]}}]";
        for (long wanted = 1; wanted <= 2; wanted++) {
            postJson("/sandbox/amocrm/api/v4/leads", deals, token);
            long expected = wanted;
            soon().until(() -> jdbc.queryForObject("""
                    SELECT count(*) FROM amocrm_deals WHERE deal_full_data -> '_embedded' -> 'companies' -> 0 ->> 'id' = ?
                    AND client_id IS NOT NULL""", Long.class, String.valueOf(company)) == expected);
        }

        assertThat(jdbc.queryForObject("SELECT count(*) FROM clients WHERE amocrm_company_id = ?", Long.class, company)).isEqualTo(1);
    }

    @Test
    void otherKindsAreDoneAsSoonAsTheyAreStored() {
        String id = "6" + System.nanoTime() % 1_000_000_000L;

        postForm("/webhook/amocrm", "catalogs[add][0][id]=" + id + "&catalogs[add][0][name]=x&account[id]=31000001");

        soon().untilAsserted(() -> assertThat(jdbc.queryForMap(
                "SELECT processed, outcome FROM amocrm_webhook_events WHERE event_type = 'catalog.add' AND amocrm_entity_id = ?", id))
                .containsEntry("processed", true).containsEntry("outcome", "stored"));
    }
}
