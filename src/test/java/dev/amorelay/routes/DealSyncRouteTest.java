package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmAnswer;
import dev.amorelay.amocrm.CrmCall;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.amocrm.FakeGate;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.clients.ClientMerges;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.clients.ContactSync;
import dev.amorelay.conversations.ConversationLinks;
import dev.amorelay.conversations.Notes;
import dev.amorelay.deals.DealFollower;
import dev.amorelay.deals.DealStore;
import dev.amorelay.deals.DealSync;
import dev.amorelay.deals.FieldAuthors;
import dev.amorelay.deals.ServiceDeals;
import dev.amorelay.json.Json;
import dev.amorelay.webhooks.EventSorter;
import java.util.List;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** Events of the inbox become stored deals and contacts; the CRM stands behind a scripted gate. */
class DealSyncRouteTest extends RouteTest {

    private static final String WON = "{\"id\":55,\"status_id\":142,\"_embedded\":{\"contacts\":[{\"id\":22},{\"id\":21,\"is_main\":true}]}}";
    private static final String MOVED_ON = "{\"id\":56,\"status_id\":80953558,\"_embedded\":{\"contacts\":[{\"id\":21}]}}";

    private final FakeGate gate = new FakeGate();
    private final ContactBook book = mock(ContactBook.class);
    private final DealStore deals = mock(DealStore.class);
    private final DealFollower follower = mock(DealFollower.class);
    private final Accounts accounts = new Accounts(SETTINGS);
    private volatile String changes = "";

    @Override
    List<String> flows() {
        return List.of("webhook-processing", "deal-sync", "client-sync");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("eventSorter", new EventSorter(mock(KnownAccounts.class)));
        beans.bind("conversationLinks", mock(ConversationLinks.class));
        beans.bind("conversationNotes", mock(Notes.class));
        beans.bind("dealSync", new DealSync(accounts, book, deals, mock(ServiceDeals.class), mock(FieldAuthors.class), List.of(follower), inbox));
        beans.bind("contactSync", new ContactSync(book, mock(ClientMerges.class), inbox));
        beans.bind("crmLeads", gate.leads());
        beans.bind("crmContacts", gate.contacts());
        beans.bind("crmEvents", gate.events());
        beans.bind("crmFieldChanges", gate.fieldChanges(accounts));
        beans.bind("crmCatalogue", gate.catalogue());
        gate.answers(this::crm);
    }

    private CrmAnswer crm(CrmCall call) {
        return FakeGate.found(200, switch (call.path()) {
            case "/api/v4/leads" -> "{\"_embedded\":{\"leads\":[" + WON + "," + MOVED_ON + "]}}";
            case "/api/v4/contacts" -> "{\"_embedded\":{\"contacts\":[{\"id\":21,\"name\":\"Иван\"},{\"id\":22,\"name\":\"Пётр\"}]}}";
            case "/api/v4/leads/pipelines" -> "{\"_embedded\":{\"pipelines\":[{\"_embedded\":{\"statuses\":["
                    + "{\"id\":142,\"name\":\"Успешно реализовано\"},{\"id\":80953558,\"name\":\"В работе\"}]}}]}}";
            case "/api/v4/events" -> "{\"_embedded\":{\"events\":[" + changes + "]}}";
            default -> throw new AssertionError(call.path());
        });
    }

    private static JsonNode json(String text) {
        return Json.read(text);
    }

    @Test
    void readsOnceAndStoresWithThePeople() {
        inbox.await(inbox.event("lead.add", "55", "{}"), inbox.event("lead.status", "55", "{\"status_id\":\"142\"}"),
                inbox.event("lead.update", "56", "{}"));
        awaitSettled(inbox.settled, "1 done", "2 done", "3 done");
        assertThat(gate.calls()).extracting(CrmCall::path)
                .containsExactly("/api/v4/leads", "/api/v4/contacts", "/api/v4/leads/pipelines");
        assertThat(gate.calls().get(0).query()).isEqualTo("filter[id][]=55&filter[id][]=56&limit=250&with=contacts");
        // the main contact first
        assertThat(gate.calls().get(1).query()).isEqualTo("filter[id][]=21&filter[id][]=22&limit=250");
        InOrder order = inOrder(book, deals, follower);
        order.verify(book).store(eq(MemoryInbox.ACCOUNT), argThat(people -> people.size() == 2), any());
        List<DealStore.Read> read = List.of(
                new DealStore.Read(json(WON), List.of(json("{\"id\":21,\"name\":\"Иван\"}"), json("{\"id\":22,\"name\":\"Пётр\"}")),
                        "Успешно реализовано", true),
                new DealStore.Read(json(MOVED_ON), List.of(json("{\"id\":21,\"name\":\"Иван\"}")), "В работе", false));
        order.verify(deals).store(any(), eq(MemoryInbox.ACCOUNT), eq(read), any());
        order.verify(follower).stored(any(), eq(MemoryInbox.ACCOUNT), eq(read));
        order.verify(deals).markDeleted(eq(MemoryInbox.ACCOUNT), eq(List.of()), any());
        order.verifyNoMoreInteractions();
    }

    @Test
    void theEventLogDecidesWhatHasBeenWonMeanwhile() {
        changes = "{\"entity_id\":56,\"created_at\":1800000000,\"value_after\":[{\"lead_status\":{\"id\":142,\"pipeline_id\":1}}]}";
        inbox.await(inbox.event("lead.status", "56", "{\"status_id\":\"142\"}"), inbox.event("lead.update", "55", "{}"));
        awaitSettled(inbox.settled, "1 done", "2 done");
        assertThat(gate.calls().get(3).path()).isEqualTo("/api/v4/events");
        assertThat(gate.calls().get(3).query()).endsWith("&filter[entity_id][]=56").doesNotContain("=55");
        verify(follower).stored(any(), anyLong(), argThat(DealSyncRouteTest::toldWon));
    }

    @Test
    void nobodyGetsAMachineByPostingAHook() {
        inbox.await(inbox.event("lead.status", "56", "{\"status_id\":\"142\"}"), inbox.event("lead.update", "55", "{}"));
        awaitSettled(inbox.settled, "1 done", "2 done");
        assertThat(gate.calls()).extracting(CrmCall::path).contains("/api/v4/events");
        verify(follower, never()).stored(any(), anyLong(), argThat(DealSyncRouteTest::toldWon));
    }

    private static boolean toldWon(List<DealStore.Read> deals) {
        return deals.stream().anyMatch(read -> read.won() && read.deal().equals(json(MOVED_ON)));
    }

    @Test
    void whatTheCrmDoesNotShowIsDeleted() {
        gate.answers(call -> call.path().equals("/api/v4/leads") ? FakeGate.found(204, null) : crm(call));
        inbox.await(inbox.event("lead.delete", "99", "{}"));
        awaitSettled(inbox.settled, "1 done");
        verify(deals).markDeleted(eq(MemoryInbox.ACCOUNT), eq(List.of(99L)), any());
        assertThat(gate.calls()).extracting(CrmCall::path).doesNotContain("/api/v4/contacts", "/api/v4/events");
    }

    @Test
    void whileTheCrmIsDownTheEventsWait() {
        gate.answers(call -> {
            if (call.path().equals("/api/v4/contacts")) {
                throw new CrmUnavailable(Trouble.DOWN, call.label() + " → 502", null);
            }
            return crm(call);
        });
        inbox.await(inbox.event("lead.add", "55", "{}"), inbox.event("lead.add", "56", "{}"));
        awaitSettled(inbox.settled, "1 postponed", "2 postponed");
        assertThat(inbox.settled).allSatisfy(settled -> {
            assertThat(settled.detail()).isEqualTo("amoCRM не отвечает: GET /api/v4/contacts → 502");
            assertThat(settled.postponement().ownFault()).isFalse();
        });
        verify(deals, never()).store(any(), anyLong(), any(), any());
    }

    @Test
    void contactsAreStoredByThemselves() {
        gate.answers(call -> FakeGate.found(200, "{\"_embedded\":{\"contacts\":[{\"id\":21,\"name\":\"Иван\"}]}}"));
        inbox.await(inbox.event("contact.add", "21", "{}"), inbox.event("contact.delete", "23", "{}"));
        awaitSettled(inbox.settled, "1 done", "2 done");
        assertThat(gate.onlyCall().query()).isEqualTo("filter[id][]=21&filter[id][]=23&limit=250");
        verify(book).store(eq(MemoryInbox.ACCOUNT), argThat(people -> people.size() == 1 && people.iterator().next().id() == 21), any());
        verify(book).markDeleted(eq(MemoryInbox.ACCOUNT), eq(List.of(23L)), any());
    }
}
