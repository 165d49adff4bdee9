package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.clients.Contact;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.clients.ReadMark;
import dev.amorelay.deals.DealStore;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Reads that arrive in another order than they were made, and events about what is gone. */
class OrderIT extends RunningRelay {

    private static final long ACCOUNT = 31000001;
    private static final long CLIENTS = 10226282;
    private static final long PARTS = 10245926;
    private static final long T = 1_790_000_000;

    private final long id = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);

    @Autowired
    private DealStore deals;

    @Autowired
    private ContactBook book;

    @Autowired
    private Accounts accounts;

    private void store(long pipeline, long price, long updatedAt, ReadMark mark) {
        Account account = accounts.named(null);
        JsonNode deal = Json.read("{\"id\":" + id + ",\"pipeline_id\":" + pipeline + ",\"status_id\":1,\"price\":" + price
                + ",\"updated_at\":" + updatedAt + "}");
        deals.store(account, ACCOUNT, List.of(new DealStore.Read(deal, List.of(), "этап", false)), mark);
    }

    private Map<String, Object> deal() {
        return jdbc.queryForMap("SELECT * FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ?", ACCOUNT, String.valueOf(id));
    }

    private void store(String name, long updatedAt, ReadMark mark) {
        book.store(ACCOUNT, List.of(new Contact(id, name, List.of(), List.of(), Instant.ofEpochSecond(updatedAt), Json.object().put("id", id))), mark);
    }

    private Map<String, Object> contact() {
        return jdbc.queryForMap("SELECT * FROM amocrm_contacts WHERE account_id = ? AND contact_id = ?", ACCOUNT, id);
    }

    @Test
    void anOlderReadNeverOverwritesANewerOne() {
        ReadMark early = book.mark();
        ReadMark late = book.mark();
        store(PARTS, 2, T + 1, late);

        store(CLIENTS, 1, T, early);

        assertThat(deal()).containsEntry("price", 2L).containsEntry("pipeline_id", PARTS);
    }

    @Test
    void withinOneSecondTheLaterReadCountsEvenWhereAClockWasSetBack() {
        ReadMark early = book.mark();
        ReadMark late = new ReadMark(book.mark().number(), Instant.now().minus(Duration.ofHours(1)));
        store(CLIENTS, 2, T, late);
        store(CLIENTS, 1, T, early);
        assertThat(deal()).containsEntry("price", 2L);

        store(CLIENTS, 3, T, book.mark());
        assertThat(deal()).containsEntry("price", 3L);
    }

    @Test
    void aReadFromBeforeTheDeletionRevivesNothing() {
        store(CLIENTS, 1, T, book.mark());
        ReadMark before = book.mark();
        deals.markDeleted(ACCOUNT, List.of(id), book.mark());

        store(CLIENTS, 2, T + 5, before);

        assertThat(deal()).containsEntry("deleted", true).containsEntry("price", 2L);
        store(CLIENTS, 2, T + 5, book.mark());
        assertThat(deal()).as("restored").containsEntry("deleted", false);
    }

    @Test
    void aLookFromBeforeTheRestorationDeletesNothing() {
        ReadMark before = book.mark();
        store(CLIENTS, 1, T, book.mark());

        deals.markDeleted(ACCOUNT, List.of(id), before);

        assertThat(deal()).containsEntry("deleted", false);
    }

    @Test
    void theSameForContacts() {
        ReadMark first = book.mark();
        store("Новое", T + 1, book.mark());
        store("Старое", T, first);
        assertThat(contact()).containsEntry("name", "Новое");

        ReadMark before = book.mark();
        book.markDeleted(ACCOUNT, List.of(id), book.mark());
        store("Ещё новее", T + 2, before);
        assertThat(contact()).containsEntry("deleted", true);
        book.markDeleted(ACCOUNT, List.of(id), before);
        store("Ещё новее", T + 2, book.mark());
        assertThat(contact()).containsEntry("deleted", false).containsEntry("name", "Ещё новее");
        book.markDeleted(ACCOUNT, List.of(id), before);
        assertThat(contact()).containsEntry("deleted", false);
    }

    @Test
    void aLateEventAboutADeletedDealAsksTheCrmAndRevivesNothing() {
        long lead = delivered(ingest("{\"source\":\"site\",\"name\":\"Покупатель\",\"phone\":\"+79995554" + (id % 900 + 100)
                + "\",\"message\":\"" + UUID.randomUUID() + "\"}"));
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id = ?", Long.class, String.valueOf(lead)) == 1);
        assertThat(postJson("/sandbox/api/leads/" + lead + "/delete", "{}").statusCode()).isEqualTo(200);
        soon().until(() -> row(lead).get("deleted").equals(true));

        postForm("/webhook/amocrm", "leads[update][0][id]=" + lead + "&leads[update][0][status_id]=142&leads[update][0][updated_at]=1900000001"
                + "&account[id]=" + ACCOUNT);
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events WHERE amocrm_entity_id = ?"
                + " AND payload ->> 'updated_at' = '1900000001' AND processed", Long.class, String.valueOf(lead)) == 1);
        assertThat(row(lead)).containsEntry("deleted", true);
        assertThat(outbox(String.valueOf(lead))).noneMatch(effect -> effect.get("kind").equals("machine.register"));

        assertThat(postJson("/sandbox/api/leads/" + lead + "/restore", "{}").statusCode()).isEqualTo(200);
        soon().until(() -> row(lead).get("deleted").equals(false));
        long stage = 80953558;
        move(lead, CLIENTS, stage);
        soon().until(() -> row(lead).get("status_id").equals(stage));
    }

    private Map<String, Object> row(long lead) {
        return jdbc.queryForMap("SELECT * FROM amocrm_deals WHERE amocrm_deal_id = ?", String.valueOf(lead));
    }

    @Test
    void aDealThatWentToAnotherPipelineStandsThere() {
        store(CLIENTS, 1, T, book.mark());
        store(PARTS, 1, T + 1, book.mark());
        assertThat(deal()).containsEntry("pipeline_id", PARTS);
        store(CLIENTS, 1, T + 2, book.mark());
        assertThat(deal()).as("and back").containsEntry("pipeline_id", CLIENTS);
    }
}
