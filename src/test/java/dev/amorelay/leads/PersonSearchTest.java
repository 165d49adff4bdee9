package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.BudgetUsedUp;
import dev.amorelay.amocrm.CrmCall;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.amocrm.FakeGate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many searches, a few at a time. */
class PersonSearchTest {

    private final FakeGate gate = new FakeGate();
    private final PersonSearch search = new PersonSearch(gate.contacts());

    private static Map<Person, Lead> strangers(int number) {
        Map<Person, Lead> wanted = new LinkedHashMap<>();
        for (int i = 0; i < number; i++) {
            Lead lead = lead("+7999000" + (1000 + i), null);
            wanted.put(Person.of(lead), lead);
        }
        return wanted;
    }

    private static Lead lead(String phone, String email) {
        return new Lead(UUID.randomUUID(), "site", "Иван", phone, phone, email, null, null, 0, null, null);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void fourAreUnderWayAtOnceAndNeverMore() {
        CountDownLatch four = new CountDownLatch(4);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        gate.answers(call -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            four.countDown();
            // slow answers: the first waits until three others are on their way
            await(four);
            now.decrementAndGet();
            return FakeGate.found(204, null);
        });

        PersonSearch.Told told = search.search("default", strangers(20), () -> false);

        assertThat(told.unknown()).hasSize(20);
        assertThat(gate.calls()).as("one each").hasSize(20);
        assertThat(most.get()).isEqualTo(4);
    }

    @Test
    void searchesLeaveRoomForOthers() {
        search.search("default", strangers(1), () -> false);

        assertThat(gate.onlyCall().turn()).isEqualTo(CrmCall.Turn.IN_ROUND);
    }

    @Test
    void eachFailureIsThePersonsOwn() {
        gate.answers(call -> {
            if (call.query().contains("9990001003")) {
                throw new CrmUnavailable(Trouble.DOWN, "500", null);
            }
            return FakeGate.found(204, null);
        });

        PersonSearch.Told told = search.search("default", strangers(10), () -> false);

        assertThat(told.failed().keySet()).extracting(Person::key).containsExactly("+79990001003");
        assertThat(told.unknown()).hasSize(9);
    }

    @Test
    void whoseSearchFailsWhileOthersAreAnsweredIsSearchedAgainAtTheEnd() {
        AtomicInteger number = new AtomicInteger();
        gate.answers(call -> {
            // every tenth search, the last one too
            if (number.incrementAndGet() % 10 == 0) {
                throw new CrmUnavailable(number.get() % 20 == 0 ? Trouble.TOO_FAST : Trouble.DOWN, "busy", null);
            }
            return FakeGate.found(204, null);
        });

        PersonSearch.Told told = search.search("default", strangers(50), () -> false);

        assertThat(told.failed()).isEmpty();
        assertThat(told.unknown()).hasSize(50);
        assertThat(gate.calls()).as("only those again").hasSize(55);
    }

    @Test
    void aCrmThatIsDownIsNotAskedAgain() {
        gate.answers(call -> {
            throw new CrmUnavailable(Trouble.DOWN, "502", null);
        });

        assertThat(search.search("default", strangers(10), () -> false).failed()).hasSize(10);
        assertThat(gate.calls()).hasSize(10);
    }

    @Test
    void whatIsRefusedOrWasNotSentIsNotRepeated() {
        gate.answers(call -> {
            if (call.query().contains("9990001003")) {
                throw new CrmRejected("400", Map.of());
            }
            if (call.query().contains("9990001004")) {
                throw new CrmUnavailable(Trouble.DOWN, "the breaker is open", null) {
                    @Override
                    public boolean isNotTried() {
                        return true;
                    }
                };
            }
            return FakeGate.found(204, null);
        });

        assertThat(search.search("default", strangers(10), () -> false).failed()).hasSize(2);
        assertThat(gate.calls()).hasSize(10);
    }

    @Test
    void withoutRoomInTheBudgetNoFurtherOneIsTried() {
        gate.answers(call -> {
            throw new BudgetUsedUp(call, Duration.ofMinutes(10));
        });

        PersonSearch.Told told = search.search("default", strangers(50), () -> false);

        assertThat(gate.calls()).hasSizeLessThanOrEqualTo(4);
        assertThat(told.failed()).isNotEmpty();
        assertThat(told.unknown()).isEmpty();
    }

    @Test
    void aNodeThatStopsBreaksOff() {
        CountDownLatch begun = new CountDownLatch(1);
        gate.answers(call -> {
            begun.countDown();
            try {
                TimeUnit.MINUTES.timedJoin(Thread.currentThread(), 1);
            } catch (InterruptedException e) {
                throw new BudgetUsedUp(call, Duration.ZERO);
            }
            return FakeGate.found(204, null);
        });

        PersonSearch.Told told = search.search("default", strangers(50), () -> begun.getCount() == 0);

        assertThat(gate.calls()).hasSizeLessThanOrEqualTo(4);
        assertThat(told.unknown()).isEmpty();
    }

    @Test
    void anEmailIsFoundHoweverItIsWritten() {
        gate.answers("""
                {"_embedded":{"contacts":[
                  {"id":30,"created_at":1,"custom_fields_values":[{"field_code":"EMAIL","values":[{"value":"not-ivan@example.com"}]}]},
                  {"id":31,"created_at":2,"custom_fields_values":[{"field_code":"EMAIL","values":[{"value":"IVAN@example.com"}]}]}]}}""");
        Lead lead = lead(null, "Ivan@Example.com");

        PersonSearch.Told told = search.search("default", Map.of(Person.of(lead), lead), () -> false);

        assertThat(told.found().get(new Person("ivan@example.com", true)).path("id").asLong()).isEqualTo(31);
    }

    @Test
    void whoseNewPhoneNobodyKnowsIsFoundByTheEmail() {
        gate.answers("""
                {"_embedded":{"contacts":[
                  {"id":60,"created_at":1,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+79125550111"}]},
                    {"field_code":"EMAIL","values":[{"value":"anna@example.com"}]}]}]}}""");
        Lead lead = lead("+79125550112", "anna@example.com");

        assertThat(search.search("default", Map.of(Person.of(lead), lead), () -> false).found().get(Person.of(lead)).path("id").asLong()).isEqualTo(60);
        assertThat(gate.calls()).extracting(CrmCall::query).containsExactly("query=9125550112&limit=250", "query=anna%40example.com&limit=250");
    }

    /** The CRM finds texts; a contact whose phone field holds a taxpayer's number is somebody else's. */
    @Test
    void aContactWithTheDigitsOfAnotherNumberIsNotMeant() {
        gate.answers("""
                {"_embedded":{"contacts":[
                  {"id":40,"created_at":1,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"ИНН 9105557710"}]}]},
                  {"id":41,"created_at":2,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"40702810910555771012"}]}]}]}}""");
        Lead lead = lead("+79105557710", null);

        assertThat(search.search("default", Map.of(Person.of(lead), lead), () -> false).unknown()).containsExactly(Person.of(lead));
    }

    @Test
    void aNumberThatNoPlanHasIsFoundByItsDigits() {
        gate.answers("""
                {"_embedded":{"contacts":[
                  {"id":50,"created_at":1,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"8 (555) 123-45-67"}]}]}]}}""");
        Lead lead = lead("+75551234567", null);

        assertThat(search.search("default", Map.of(Person.of(lead), lead), () -> false).found().get(Person.of(lead)).path("id").asLong()).isEqualTo(50);
        assertThat(gate.onlyCall().query()).contains("5551234567");
    }
}
