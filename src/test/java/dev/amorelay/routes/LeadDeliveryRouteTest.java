package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmAnswer;
import dev.amorelay.amocrm.CrmCall;
import dev.amorelay.amocrm.CrmOutcomeUnknown;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.amocrm.FakeGate;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import dev.amorelay.leads.ContactCard;
import dev.amorelay.leads.Lead;
import dev.amorelay.leads.LeadBook;
import dev.amorelay.leads.LeadCard;
import dev.amorelay.leads.LeadContacts;
import dev.amorelay.leads.LeadDelivery;
import dev.amorelay.leads.LeadNotes;
import dev.amorelay.leads.NotesDelivery;
import dev.amorelay.leads.PersonClaims;
import dev.amorelay.leads.PersonClaims.Claim;
import dev.amorelay.leads.PersonSearch;
import dev.amorelay.leads.Strangers;
import dev.amorelay.routes.MemoryOutbox.Owed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stored leads go through the real beans to a scripted gate; only the database is missing. */
class LeadDeliveryRouteTest extends RouteTest {

    private final FakeGate gate = new FakeGate().answers(LeadDeliveryRouteTest::crm);
    private final LeadBook leads = mock(LeadBook.class);
    private final Map<UUID, Long> contacts = new ConcurrentHashMap<>();
    private final ContactBook book = mock(ContactBook.class);
    private final PersonClaims claims = mock(PersonClaims.class);
    private final Set<String> anothers = ConcurrentHashMap.newKeySet();

    @Override
    List<String> flows() {
        return List.of("lead-delivery");
    }

    @Override
    void bind(Registry beans) {
        when(leads.contacts(any())).thenAnswer(call -> Map.copyOf(contacts));
        when(claims.claim(any(), any())).thenAnswer(call -> call.<Map<String, Effect>>getArgument(1).entrySet().stream()
                .filter(wanted -> !anothers.contains(wanted.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, wanted -> new Claim(wanted.getKey(), wanted.getValue(), null))));
        when(leads.storedAt(any())).thenReturn(Instant.ofEpochSecond(1_800_000_000));
        doAnswer(call -> {
            call.<Map<UUID, LeadBook.Link>>getArgument(0).forEach((lead, link) -> contacts.put(lead, link.contact()));
            return null;
        }).when(leads).rememberContacts(any());
        Accounts accounts = new Accounts(SETTINGS);
        LeadContacts leadContacts = new LeadContacts(leads, book, mock(KnownAccounts.class), outbox);
        beans.bind("leadDelivery", new LeadDelivery(leads, accounts, new LeadCard(), gate.leads(), leadContacts, outbox, failures, List.of(),
                new TransactionTemplate(mock(PlatformTransactionManager.class))));
        beans.bind("leadContacts", leadContacts);
        beans.bind("strangers", new Strangers(leadContacts, claims, new PersonSearch(gate.contacts()), gate.contacts(),
                new ContactCard(), outbox, failures));
        beans.bind("notesDelivery", new NotesDelivery(leads, new LeadNotes(), gate.notes(), outbox));
    }

    /** A CRM that knows nobody and takes everything: contacts and leads from 9000 on, answered in reverse. */
    private static CrmAnswer crm(CrmCall call) {
        if (!call.creates()) {
            return FakeGate.found(204, null);
        }
        return switch (call.path()) {
            case "/api/v4/contacts" -> FakeGate.found(200, "{\"_embedded\":{\"contacts\":" + created(call.body()) + "}}");
            case "/api/v4/leads" -> FakeGate.found(200, "{\"_embedded\":{\"leads\":" + created(call.body()) + "}}");
            case "/api/v4/leads/notes" -> FakeGate.found(200, "{\"_embedded\":{\"notes\":[]}}");
            default -> throw new AssertionError(call.path());
        };
    }

    private static String created(JsonNode cards) {
        return StreamSupport.stream(cards.spliterator(), false)
                .map(card -> "{\"id\":" + (9000 + card.path("price").asLong()) + ",\"request_id\":\"" + card.path("request_id").asText() + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The lead of this price is stored, with one effect owed. */
    private Effect owed(int price, String phone, boolean inDoubt) {
        UUID id = new UUID(1, price);
        Lead lead = new Lead(id, "site", "Иван", phone, phone, null, "Нужен станок", null, price, null, null);
        when(leads.find(id.toString())).thenReturn(Optional.of(lead));
        return outbox.effect("crm.lead", id.toString(), Map.of(), inDoubt);
    }

    @Test
    void aFlowThatOwesTheDealMayNameItsPlace() {
        Effect usual = owed(2, null, false);
        Effect stage = outbox.effect(usual.kind(), owed(3, null, false).subject(), Map.of("pipeline_id", 10262114, "status_id", 81177010));
        Effect pipeline = outbox.effect(usual.kind(), owed(4, null, false).subject(), Map.of("pipeline_id", 10262114));
        outbox.await(usual, stage, pipeline);
        await().until(() -> outbox.settled.size() == 3);
        List<JsonNode> cards = gate.calls().stream().filter(call -> call.path().equals("/api/v4/leads"))
                .flatMap(call -> StreamSupport.stream(call.body().spliterator(), false)).toList();
        assertThat(cards).extracting(card -> card.path("price").asInt() + " " + card.path("pipeline_id").asText() + " " + card.path("status_id").asText())
                .containsExactlyInAnyOrder("2 " + ACCOUNT.pipelineId() + " " + ACCOUNT.statusId(), "3 10262114 81177010", "4 10262114 ");
    }

    private static String uuid(int price) {
        return new UUID(1, price).toString();
    }

    private List<String> called() {
        return gate.calls().stream().map(CrmCall::label).toList();
    }

    @Test
    void contactThenLeadThenNotesOwed() {
        outbox.await(owed(1, "+79991234567", false));
        awaitSettled(outbox.settled, "1 done");
        assertThat(called()).containsExactly("GET /api/v4/contacts", "POST /api/v4/contacts", "POST /api/v4/leads");
        assertThat(gate.calls().get(0).query()).isEqualTo("query=9991234567&limit=250");
        JsonNode card = gate.calls().get(2).body().path(0);
        assertThat(card.path("name").asText()).isEqualTo("Сайт (Обратная связь): Иван");
        assertThat(card.path("_embedded").path("contacts").path(0).path("id").asLong()).isEqualTo(9000);
        assertThat(card.path("request_id").asText()).isEqualTo(uuid(1));
        assertThat(outbox.settled.get(0).detail()).isEqualTo("9001");
        await().until(() -> !outbox.owed.isEmpty());
        assertThat(outbox.owed).containsExactly(new Owed("crm.lead-notes", "crm.lead-notes:" + uuid(1), uuid(1), outbox.owed.get(0).payload()));
        assertThat(Json.write(outbox.owed.get(0).payload())).isEqualTo("{\"lead\":9001}");
        InOrder order = inOrder(leads);
        order.verify(leads).rememberContacts(Map.of(new UUID(1, 1), new LeadBook.Link(9000L, null)));
        order.verify(leads).delivered(Map.of(new UUID(1, 1), 9001L));
    }

    @Test
    void manyLeadsAreOneCreate() {
        outbox.await(owed(1, null, false), owed(2, null, false), owed(3, null, false));
        awaitSettled(outbox.settled, "1 done", "2 done", "3 done");
        assertThat(called().stream().filter("POST /api/v4/leads"::equals)).hasSize(1);
        assertThat(outbox.settled).extracting(Settled::detail).containsExactly("9001", "9002", "9003");
    }

    @Test
    void aKnownContactIsLinkedAndNotChanged() {
        gate.answers(call -> call.path().equals("/api/v4/contacts") ? FakeGate.found(200, """
                {"_embedded":{"contacts":[
                  {"id":30,"created_at":200,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"89991234567"}]}]},
                  {"id":31,"created_at":100,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+7 (999) 123-45-67"}]}]},
                  {"id":29,"created_at":1,"name":"9991234567","custom_fields_values":null}]}}""") : crm(call));
        outbox.await(owed(1, "+79991234567", false));
        awaitSettled(outbox.settled, "1 done");
        assertThat(called()).containsExactly("GET /api/v4/contacts", "POST /api/v4/leads");
        assertThat(contacts).containsEntry(new UUID(1, 1), 31L);
    }

    @Test
    void whileTheCrmIsDownTheLeadsWait() {
        gate.answers(call -> {
            throw new CrmUnavailable(Trouble.BLOCKED, call.label() + " → 403", Duration.ofMinutes(10));
        });
        outbox.await(owed(1, "+79991234567", false), owed(2, null, false));
        awaitSettled(outbox.settled, "1 postponed", "2 postponed");
        assertThat(called()).contains("GET /api/v4/contacts").doesNotContain("POST /api/v4/leads");
        assertThat(outbox.settled).allSatisfy(settled -> {
            assertThat(settled.postponement().ownFault()).isFalse();
            assertThat(settled.postponement().delay()).isEqualTo(Duration.ofMinutes(10));
            assertThat(settled.postponement().inDoubt()).isFalse();
        });
        verify(leads, never()).delivered(any());
    }

    @Test
    void anUnansweredCreateIsInDoubt() {
        gate.answers(call -> {
            if (call.label().equals("POST /api/v4/leads")) {
                throw new CrmOutcomeUnknown("504");
            }
            return crm(call);
        });
        outbox.await(owed(1, null, false));
        awaitSettled(outbox.settled, "1 postponed");
        assertThat(outbox.settled.get(0).postponement().inDoubt()).isTrue();
    }

    @Test
    void whatIsInDoubtIsLookedUpFirst() {
        gate.answers(call -> !call.creates() && call.path().equals("/api/v4/leads") && call.query().contains(uuid(1))
                ? FakeGate.found(200, "{\"_embedded\":{\"leads\":[{\"id\":555,\"custom_fields_values\":[{\"field_id\":712641,"
                        + "\"values\":[{\"value\":\"" + uuid(1) + "\"}]}]}]}}") : crm(call));
        outbox.await(owed(1, null, true), owed(2, null, true));
        awaitSettled(outbox.settled, "1 done", "2 done");
        assertThat(outbox.settled).extracting(Settled::detail).containsExactly("555", "9002");
        assertThat(called()).containsOnlyOnce("POST /api/v4/leads");
        await().untilAsserted(() -> assertThat(outbox.owed).extracting(Owed::subject).containsExactly(uuid(1), uuid(2)));
    }

    @Test
    void theRefusedOneIsSetAsideAndTheOthersGoAgain() {
        gate.answers(call -> {
            if (call.label().equals("POST /api/v4/leads") && call.body().size() == 3) {
                throw new CrmRejected("400", Map.of(uuid(2), "name: TooLong"));
            }
            return crm(call);
        });
        outbox.await(owed(1, null, false), owed(2, null, false), owed(3, null, false));
        awaitSettled(outbox.settled, "1 done", "2 dead", "3 done");
        assertThat(outbox.settled.get(0).detail()).isEqualTo("name: TooLong");
        verify(leads, timeout(5000)).refused(new UUID(1, 2));
        verify(leads, timeout(5000)).delivered(Map.of(new UUID(1, 1), 9001L, new UUID(1, 3), 9003L));
    }

    @Test
    void whomWeKnowCostsNoSearchAndWaitsForNone() {
        when(book.contactsOf(anyLong(), any())).thenAnswer(call ->
                call.<Collection<String>>getArgument(1).contains("+79990000002") ? Map.of("+79990000002", 42L) : Map.of());
        gate.answers(call -> {
            if (!call.creates()) {
                // the stranger's search takes until the other's lead is there
                await().until(() -> outbox.settled.stream().anyMatch(settled -> settled.brief().equals("2 done")));
            }
            return crm(call);
        });
        outbox.await(owed(1, "+79990000001", false), owed(2, "+79990000002", false));
        awaitSettled(outbox.settled, "1 done", "2 done");
        assertThat(gate.calls()).filteredOn(call -> call.path().equals("/api/v4/leads")).allSatisfy(call -> assertThat(call.body()).hasSize(1));
        assertThat(gate.calls()).filteredOn(call -> !call.creates()).extracting(CrmCall::query).containsExactly("query=9990000001&limit=250");
        assertThat(contacts).containsEntry(new UUID(1, 2), 42L);
    }

    @Test
    void strangersAreCreatedTogether() {
        outbox.await(owed(1, "+79990000001", false), owed(2, "+79990000002", false), owed(3, "+79990000001", false), owed(4, null, false));
        awaitSettled(outbox.settled, "1 done", "2 done", "3 done", "4 done");
        assertThat(called()).containsExactly("GET /api/v4/contacts", "GET /api/v4/contacts", "POST /api/v4/contacts", "POST /api/v4/leads");
        assertThat(gate.calls().get(2).body()).as("one a person").hasSize(3);
        verify(claims, timeout(5000).times(1)).met(any(), argThat(met -> met.size() == 2));
    }

    @Test
    void manyLeadsGoInSeveralCallsAndALostAnswerConcernsItsOwnOnly() throws Exception {
        Effect[] effects = new Effect[120];
        for (int i = 0; i < effects.length; i++) {
            effects[i] = owed(i + 1, null, false);
        }
        gate.answers(call -> {
            if (call.label().equals("POST /api/v4/leads") && call.body().toString().contains(uuid(60))) {
                throw new CrmOutcomeUnknown("504");
            }
            return crm(call);
        });
        // they are handed over fifty by fifty: whoever looks in between meets some of them only
        context.getRouteController().suspendRoute("leads.delivery.strangers");
        outbox.await(effects);
        await().until(() -> outbox.waiting("crm.lead-of-stranger") == 120);
        context.getRouteController().resumeRoute("leads.delivery.strangers");
        await().untilAsserted(() -> assertThat(outbox.settled).hasSize(120));
        assertThat(outbox.settled).filteredOn(settled -> settled.brief().endsWith("done")).hasSize(70);
        assertThat(outbox.settled).filteredOn(settled -> settled.brief().endsWith("postponed")).hasSize(50)
                .allMatch(settled -> settled.postponement().inDoubt());
        assertThat(called().stream().filter("POST /api/v4/contacts"::equals)).hasSize(1);
    }

    @Test
    void aPersonWhomAnotherWorkerMeetsWaitsItsTurn() {
        anothers.add("+79990000002");
        outbox.await(owed(1, "+79990000001", false), owed(2, "+79990000002", false));
        awaitSettled(outbox.settled, "1 done", "2 postponed");
        assertThat(outbox.settled).filteredOn(settled -> settled.brief().endsWith("postponed"))
                .allMatch(settled -> settled.postponement().delay().equals(Duration.ofSeconds(1)) && !settled.postponement().inDoubt());
        assertThat(called().stream().filter("GET /api/v4/contacts"::equals)).hasSize(1);
    }

    @Test
    void aSearchThatFailsHoldsUpNobodyElse() {
        gate.answers(call -> {
            if (!call.creates() && call.query().contains("9990000002")) {
                throw new CrmUnavailable(Trouble.DOWN, call.label() + " → 500", null);
            }
            return crm(call);
        });
        outbox.await(owed(1, "+79990000001", false), owed(2, "+79990000002", false), owed(3, "+79990000003", false));
        awaitSettled(outbox.settled, "1 done", "2 postponed", "3 done");
    }

    @Test
    void whoWasSearchedInVainIsNotSearchedAgainWhenTheCreateIsNotSent() {
        gate.answers(call -> {
            if (call.creates()) {
                throw new CrmUnavailable(Trouble.TOO_FAST, call.label() + " → 429", null);
            }
            return crm(call);
        });
        outbox.await(owed(1, "+79990000001", false));
        awaitSettled(outbox.settled, "1 postponed");
        verify(claims, timeout(5000)).giveBack(any(), argThat(given -> given.size() == 1
                && given.stream().allMatch(claim -> claim.person().equals("+79990000001") && claim.nobodyAt() != null)));
    }

    @Test
    void contactsWhoseCreateWasNotAnsweredAreLookedForLaterOnly() {
        gate.answers(call -> {
            if (call.creates()) {
                throw new CrmOutcomeUnknown("504");
            }
            return crm(call);
        });
        outbox.await(owed(1, "+79990000001", false));
        awaitSettled(outbox.settled, "1 postponed");
        assertThat(outbox.settled.get(0).postponement().inDoubt()).isTrue();
        verify(claims, timeout(5000)).keep(any(), argThat(kept -> kept.size() == 1));
        verify(claims, never()).giveBack(any(), argThat(given -> !given.isEmpty()));
    }

    @Test
    void aLeadThatAnotherWorkerHasTakenIsLeftToItAndTheOthersAreSettled() {
        Effect taken = owed(2, null, false);
        contacts.putAll(Map.of(new UUID(1, 1), 1L, new UUID(1, 2), 1L, new UUID(1, 3), 1L));
        outbox.lost.add(taken);
        outbox.await(owed(1, null, false), taken, owed(3, null, false));
        awaitSettled(outbox.settled, "2 done", "3 done");
        verify(leads, timeout(5000)).delivered(Map.of(new UUID(1, 1), 9001L, new UUID(1, 3), 9003L));
        await().untilAsserted(() -> assertThat(outbox.owed).extracting(Owed::subject).containsExactly(uuid(1), uuid(3)));
    }

    @Test
    void aRefusedContactHoldsUpNobodyElse() {
        gate.answers(call -> {
            if (call.label().equals("POST /api/v4/contacts") && call.body().toString().contains("+79990000002")) {
                throw new CrmRejected("400 custom_fields_values: InvalidType", Map.of());
            }
            return crm(call);
        });
        outbox.await(owed(1, "+79990000001", false), owed(2, "+79990000002", false), owed(3, "+79990000003", false));
        // nobody knows whose fault it was: each comes back by itself, and only the guilty one is set aside then
        awaitSettled(outbox.settled, "1 postponed", "2 postponed", "3 postponed");
        outbox.settled.clear();
        Effect guilty = owed(2, "+79990000002", true);
        outbox.await(guilty);
        awaitSettled(outbox.settled, guilty.id() + " dead");
        assertThat(outbox.settled.get(0).detail()).isEqualTo("400 custom_fields_values: InvalidType");
    }

    @Test
    void anErasedLeadIsNotDelivered() {
        when(leads.find(uuid(7))).thenReturn(Optional.empty());
        outbox.await(outbox.effect("crm.lead", uuid(7), Map.of()));
        awaitSettled(outbox.settled, "1 skipped");
        assertThat(gate.calls()).isEmpty();
    }

    private Effect notesOwed(int price, boolean inDoubt) {
        owed(price, null, false);
        return outbox.effect("crm.lead-notes", uuid(price), Map.of("account", "default", "lead", 9000 + price), inDoubt);
    }

    @Test
    void notesOfManyLeadsAreOneCall() {
        outbox.await(notesOwed(1, false), notesOwed(2, false));
        awaitSettled(outbox.settled, "2 done", "4 done");
        assertThat(gate.onlyCall().label()).isEqualTo("POST /api/v4/leads/notes");
        assertThat(gate.onlyCall().body()).extracting(note -> note.path("entity_id").asLong()).containsExactly(9001L, 9002L);
        assertThat(gate.onlyCall().body().path(0).path("params").path("text").asText())
                .isEqualTo("💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\nНужен станок");
    }

    @Test
    void notesThatWereAddedStayDoneWhenTheNextCallFails() {
        Effect[] effects = new Effect[5];
        for (int price = 1; price <= 5; price++) {
            effects[price - 1] = notesOwed(price, false);
            String message = "а".repeat(60 * LeadNotes.LONGEST - 100);
            when(leads.find(uuid(price))).thenReturn(Optional.of(
                    new Lead(new UUID(1, price), "site", "Иван", null, null, null, message, null, price, null, null)));
        }
        gate.answers(call -> {
            if (gate.calls().size() > 1) {
                throw new CrmUnavailable(Trouble.TOO_FAST, call.label() + " → 429", null);
            }
            return crm(call);
        });
        outbox.await(effects);
        awaitSettled(outbox.settled, "2 done", "4 done", "6 done", "8 postponed", "10 postponed");
        assertThat(gate.calls().get(0).body()).extracting(note -> note.path("entity_id").asLong()).doesNotContain(9004L, 9005L);
    }

    @Test
    void notesThatAreThereAreNotAddedAgain() {
        gate.answers(call -> call.creates() ? crm(call) : FakeGate.found(200, "{\"_embedded\":{\"notes\":[{\"params\":"
                + "{\"text\":\"💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\\nНужен станок\"}}]}}"));
        outbox.await(notesOwed(1, true));
        awaitSettled(outbox.settled, "2 done");
        assertThat(called()).containsExactly("GET /api/v4/leads/{id}/notes");
    }

    @Test
    void aDeletedLeadTakesNoOthersNotesWithIt() {
        gate.answers(call -> {
            if (call.body().toString().contains("9001")) {
                throw new CrmRejected("400 entity_id: NotSupportedChoice", Map.of());
            }
            return crm(call);
        });
        outbox.await(notesOwed(1, false), notesOwed(2, false));
        awaitSettled(outbox.settled, "2 dead", "4 done");
    }
}
