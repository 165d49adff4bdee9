package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.clients.Contact;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.conversations.ConversationClients;
import dev.amorelay.deals.DealStore;
import dev.amorelay.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Talks, messages and notes that come before anybody knows whose they are. */
class ConversationClientsIT extends RunningRelay {

    private static final long ACCOUNT = 31000001;

    private final long number = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
    private final long contact = number + 1;

    @Autowired
    private DealStore deals;

    @Autowired
    private ConversationClients conversations;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ContactBook book;

    @Autowired
    private TransactionTemplate transaction;

    private void hook(String fields) {
        postForm("/webhook/amocrm", fields + "&account[id]=" + ACCOUNT);
        inboxEmpty();
    }

    private void talk(String more) {
        hook("talk[add][0][talk_id]=" + number + "&talk[add][0][created_at]=1748268669&talk[add][0][updated_at]=1748268669"
                + "&talk[add][0][contact_id]=" + contact + "&talk[add][0][origin]=telegram" + more);
    }

    private void note(String root, long id, int element, long of, String text, long updated) {
        String prefix = root + "[note][0][note]";
        hook(prefix + "[id]=" + id + "&" + prefix + "[element_type]=" + element + "&" + prefix + "[element_id]=" + of + "&" + prefix
                + "[note_type]=4&" + prefix + "[text]=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&" + prefix + "[created_by]=12380450&"
                + prefix + "[created_at]=1748268669&" + prefix + "[updated_at]=" + updated);
    }

    /** As the deal flow does, in one commit. */
    private void dealRead() {
        ObjectNode person = Json.object().put("id", contact).put("name", "Завод «Пример»").put("updated_at", 1748268669);
        ObjectNode deal = Json.object().put("id", number).put("pipeline_id", 10226282).put("status_id", 80953554).put("updated_at", 1748268700);
        deal.putObject("_embedded").putArray("contacts").addObject().put("id", contact).put("is_main", true);
        List<DealStore.Read> read = List.of(new DealStore.Read(deal, List.<JsonNode>of(person), "Заявка", false));
        transaction.executeWithoutResult(status -> {
            deals.lockPeople(accounts.named(null), ACCOUNT, read);
            book.store(ACCOUNT, List.of(new Contact(contact, "Завод «Пример»", List.of(), List.of(), Instant.ofEpochSecond(1748268669), person)), book.mark());
            deals.store(accounts.named(null), ACCOUNT, read, book.mark());
            conversations.link(List.of(Map.of("id", number, "account", "default", "account_id", ACCOUNT, "contacts", List.of(contact))));
        });
    }

    private UUID client() {
        return jdbc.queryForObject("SELECT client_id FROM amocrm_deals WHERE amocrm_deal_id = ?", UUID.class, String.valueOf(number));
    }

    private Map<String, Object> noted(long id) {
        return jdbc.queryForMap("SELECT * FROM crm_notes WHERE account_id = ? AND note_id = ?", ACCOUNT, String.valueOf(id));
    }

    private UUID talksClient() {
        return jdbc.queryForObject("SELECT client_id FROM conversations WHERE amocrm_talk_id = ?", UUID.class, String.valueOf(number));
    }

    @Test
    void whatCameBeforeItsContactWasKnownGetsItsClientWithTheDeal() {
        talk("");
        note("contacts", number + 10, 1, contact, "Перезвонить", 1748268669);
        note("leads", number + 11, 2, number, "Просил скидку", 1748268669);
        assertThat(talksClient()).isNull();
        assertThat(noted(number + 10)).containsEntry("client_id", null).containsEntry("amocrm_contact_id", contact).containsEntry("entity_type", "contact");

        dealRead();

        assertThat(client()).isNotNull();
        assertThat(talksClient()).isEqualTo(client());
        assertThat(noted(number + 10)).containsEntry("client_id", client());
        assertThat(noted(number + 11)).containsEntry("client_id", client()).containsEntry("amocrm_deal_id", String.valueOf(number))
                .containsEntry("text", "Просил скидку").containsEntry("author_id", 12380450L);
    }

    @Test
    void aTalkThatNamesOnlyItsDealIsItsDealsClients() {
        hook("talk[add][0][talk_id]=" + number + "&talk[add][0][updated_at]=1748268669&talk[add][0][entity_type]=lead&talk[add][0][entity_id]=" + number);
        dealRead();
        assertThat(talksClient()).isNotNull().isEqualTo(client());
        assertThat(jdbc.queryForObject("SELECT talk.id = deal.conversation_id FROM conversations talk JOIN amocrm_deals deal"
                + " ON deal.amocrm_deal_id = talk.amocrm_deal_id WHERE talk.amocrm_talk_id = ?", Boolean.class, String.valueOf(number))).isTrue();
    }

    @Test
    void aNoteThatComesAfterwardsKnowsItsClientAtOnceAndANewerTextReplacesAnOlder() {
        dealRead();
        note("leads", number + 12, 2, number, "Первый текст", 1748268700);
        note("leads", number + 12, 2, number, "Новый текст", 1748268800);
        note("leads", number + 12, 2, number, "Старый текст", 1748268600);
        assertThat(noted(number + 12)).containsEntry("client_id", client()).containsEntry("text", "Новый текст");
    }

    @Test
    void whatAHookAloneToldIsMarkedSoUntilItIsReadBack() {
        note("leads", number + 13, 2, number, "Сказал хук", 1748268700);
        hook("talk[add][0][talk_id]=" + number + "&talk[add][0][updated_at]=1748268669&talk[add][0][contact_id]=" + contact);
        assertThat(noted(number + 13)).containsEntry("read_back_at", null);
        assertThat(talksReadBack()).isNull();

        jdbc.update("UPDATE crm_notes SET read_back_at = now() WHERE note_id = ?", String.valueOf(number + 13));
        jdbc.update("UPDATE conversations SET read_back_at = now() WHERE amocrm_talk_id = ?", String.valueOf(number));
        note("leads", number + 13, 2, number, "Сказал хук", 1748268750);
        hook("talk[update][0][talk_id]=" + number + "&talk[update][0][updated_at]=1748268670&talk[update][0][is_read]=1");
        assertThat(noted(number + 13).get("read_back_at")).as("nothing else is told").isNotNull();
        assertThat(talksReadBack()).isNotNull();

        note("leads", number + 13, 2, number, "Сказал другой хук", 1748268800);
        hook("talk[update][0][talk_id]=" + number + "&talk[update][0][updated_at]=1748268671&talk[update][0][contact_id]=1");
        assertThat(noted(number + 13)).containsEntry("read_back_at", null);
        assertThat(talksReadBack()).isNull();
    }

    private Object talksReadBack() {
        return jdbc.queryForMap("SELECT read_back_at FROM conversations WHERE amocrm_talk_id = ?", String.valueOf(number)).get("read_back_at");
    }

    @Test
    void aNoteOfACompanyIsItsClients() {
        long company = number + 20;
        UUID client = jdbc.queryForObject("INSERT INTO clients (name, account_id, amocrm_company_id) VALUES ('Завод', ?, ?) RETURNING id",
                UUID.class, ACCOUNT, company);
        note("contacts", number + 13, 3, company, "Договор у юриста", 1748268700);
        assertThat(noted(number + 13)).containsEntry("client_id", client).containsEntry("entity_type", "company").containsEntry("amocrm_deal_id", null);
    }
}
