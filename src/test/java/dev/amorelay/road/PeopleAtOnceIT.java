package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.clients.Contact;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.clients.ReadMark;
import dev.amorelay.deals.Claims;
import dev.amorelay.deals.DealStore;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Two workers store deals of the same people at the same moment. */
class PeopleAtOnceIT extends RunningRelay {

    private static final long ACCOUNT = 31_000_001;
    private static final int ROUNDS = 60;
    private static final AtomicLong IDS = new AtomicLong(7_005_000_000L);

    private final ExecutorService workers = Executors.newFixedThreadPool(2);

    @Autowired
    private DealStore deals;

    @Autowired
    private ContactBook book;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate inOneCommit;

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private static ObjectNode contact(long id, String phone) {
        ObjectNode contact = Json.object().put("id", id).put("name", "Пара " + id).put("updated_at", 1_800_000_000);
        contact.putArray("custom_fields_values").addObject().put("field_code", "PHONE").putArray("values").addObject().put("value", phone);
        return contact;
    }

    private static DealStore.Read deal(long id, JsonNode contact, Long telegram) {
        ObjectNode deal = Json.object().put("id", id).put("status_id", 142).put("pipeline_id", 1).put("price", 1).put("updated_at", 1_800_000_000);
        deal.putObject("_embedded").putArray("contacts").addObject().put("id", contact.path("id").asLong()).put("is_main", true);
        if (telegram != null) {
            deal.putArray("custom_fields_values").addObject().put("field_id", 712633).putArray("values").addObject()
                    .put("value", String.valueOf(telegram));
        }
        return new DealStore.Read(deal, List.of(contact), "Успешно реализовано", true, new Claims(List.of()));
    }

    /** As DealSync does. */
    private void store(List<DealStore.Read> read) {
        Account account = accounts.named(null);
        ReadMark mark = book.mark();
        inOneCommit.executeWithoutResult(commit -> {
            deals.lockPeople(account, ACCOUNT, read);
            book.store(ACCOUNT, read.stream().flatMap(one -> one.contacts().stream()).map(Contact::of).toList(), mark);
            deals.store(account, ACCOUNT, read, mark);
        });
    }

    private void atOnce(List<DealStore.Read> these, List<DealStore.Read> those) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<?>> both = new ArrayList<>();
        for (List<DealStore.Read> read : List.of(these, those)) {
            both.add(workers.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                store(read);
                return null;
            }));
        }
        for (Future<?> one : both) {
            // a deadlock would be told here
            one.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void differentNewContactsOfOnePhoneAreOneClient() throws Exception {
        List<String> phones = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long id = IDS.addAndGet(10);
            String phone = "+7999" + id % 10_000_000;
            phones.add(phone);
            atOnce(List.of(deal(id, contact(id, phone), null)), List.of(deal(id + 1, contact(id + 1, phone), null)));
        }

        assertThat(jdbc.queryForList("""
                SELECT phone || ': ' || count(DISTINCT client_id) FROM unnest(?::text[]) AS phone
                JOIN amocrm_contacts ON phones @> ARRAY[phone] GROUP BY phone HAVING count(DISTINCT client_id) <> 1""",
                String.class, (Object) phones.toArray(String[]::new))).isEmpty();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM clients WHERE contact_info -> 'phones' ->> 0 = ANY (?)", Long.class,
                (Object) phones.toArray(String[]::new))).isEqualTo(ROUNDS);
    }

    @Test
    void peopleThatAreMetInDifferentOrdersDoNotMakeTheWorkersWaitForEachOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long id = IDS.addAndGet(10);
            String phone = "+7998" + id % 10_000_000;
            String other = "+7997" + id % 10_000_000;
            assertThat(Contact.of(contact(id, phone)).phones()).as("a phone that is understood").containsExactly(phone);
            JsonNode first = contact(id, phone);
            JsonNode second = contact(id + 1, other);
            atOnce(List.of(deal(id, first, id), deal(id + 1, second, id + 1)),
                    List.of(deal(id + 2, contact(id + 2, other), id + 1), deal(id + 3, contact(id + 3, phone), id)));

            assertThat(jdbc.queryForObject("SELECT count(DISTINCT client_id) FROM telegram_users WHERE tg_id IN (?, ?)", Long.class, id, id + 1))
                    .isEqualTo(2);
            assertThat(jdbc.queryForObject("SELECT count(DISTINCT client_id) FROM amocrm_deals WHERE account_id = ?"
                    + " AND amocrm_deal_id::bigint BETWEEN ? AND ?", Long.class, ACCOUNT, id, id + 3)).isEqualTo(2);
        }
    }
}
