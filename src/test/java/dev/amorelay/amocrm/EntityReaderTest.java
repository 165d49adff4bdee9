package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntityReaderTest {

    private final FakeGate gate = new FakeGate();

    /** A CRM that has every lead and whose filter works. */
    private static CrmAnswer all(CrmCall call) {
        List<Long> ids = asked(call);
        return list(ids.stream());
    }

    private static List<Long> asked(CrmCall call) {
        return Stream.of(call.query().split("&")).filter(part -> part.startsWith("filter[id][]="))
                .map(part -> Long.valueOf(part.substring("filter[id][]=".length()))).toList();
    }

    private static CrmAnswer list(Stream<Long> ids) {
        return FakeGate.found(200, ids.map(id -> "{\"id\":" + id + "}")
                .collect(Collectors.joining(",", "{\"_embedded\":{\"leads\":[", "]}}")));
    }

    private static List<Long> ids(List<JsonNode> found) {
        return found.stream().map(item -> item.path("id").asLong()).toList();
    }

    @Test
    void manyIdsCostFewCalls() {
        List<Long> wanted = LongStream.rangeClosed(1, 450).boxed().toList();
        List<JsonNode> found = new EntityReader(gate.answers(EntityReaderTest::all), 200).read(null, "leads", wanted, "with=contacts");
        assertThat(ids(found)).isEqualTo(wanted);
        assertThat(gate.calls()).extracting(call -> asked(call).size()).containsExactly(200, 200, 50);
        assertThat(gate.calls()).allSatisfy(call -> {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.path()).isEqualTo("/api/v4/leads");
            assertThat(call.account()).isEqualTo("default");
            // without a limit amoCRM answers with 50
            assertThat(call.query()).endsWith("&limit=250&with=contacts");
        });
    }

    @Test
    void neverMoreThanAPage() {
        List<Long> wanted = LongStream.rangeClosed(1, 251).boxed().toList();
        new EntityReader(gate.answers(EntityReaderTest::all), 5000).read(null, "leads", wanted, null);
        assertThat(gate.calls()).extracting(call -> asked(call).size()).containsExactly(250, 1);
        assertThat(gate.calls().get(1).query()).isEqualTo("filter[id][]=251&limit=250");
    }

    @Test
    void repeatedIdsAreReadOnce() {
        new EntityReader(gate.answers(EntityReaderTest::all), 200).read("default", "leads", List.of(7L, 8L, 7L), null);
        assertThat(asked(gate.onlyCall())).containsExactly(7L, 8L);
    }

    @Test
    void noIdsNoCall() {
        assertThat(new EntityReader(gate, 200).read(null, "leads", List.of(), null)).isEmpty();
        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void missingOnesAreLeftOut() {
        assertThat(ids(new EntityReader(gate.answers(call -> list(Stream.of(2L))), 200).read(null, "leads", List.of(1L, 2L), null)))
                .containsExactly(2L);
        assertThat(new EntityReader(gate.answers(call -> FakeGate.found(204, null)), 200).read(null, "leads", List.of(1L), null))
                .isEmpty();
    }

    @Test
    void strangersMeanThatTheFilterIsIgnored() {
        gate.answers(call -> switch (call.path()) {
            case "/api/v4/leads" -> list(Stream.of(1L, 99L));
            case "/api/v4/leads/2" -> FakeGate.found(404, null);
            case "/api/v4/leads/3" -> FakeGate.found(204, null);
            default -> FakeGate.found(200, "{\"id\":" + call.path().substring("/api/v4/leads/".length()) + "}");
        });
        List<JsonNode> found = new EntityReader(gate, 200).read(null, "leads", List.of(1L, 2L, 3L, 4L), "with=contacts");
        assertThat(ids(found)).containsExactly(1L, 4L);
        assertThat(gate.calls()).extracting(CrmCall::path).containsExactly("/api/v4/leads", "/api/v4/leads/1",
                "/api/v4/leads/2", "/api/v4/leads/3", "/api/v4/leads/4");
        assertThat(gate.calls().subList(1, 5)).extracting(CrmCall::query).containsOnly("with=contacts");
    }

    private static CrmAnswer atMost(int most, CrmCall call) {
        if (asked(call).size() > most) {
            throw new CrmTooMuch("504");
        }
        return all(call);
    }

    private List<Integer> sizes() {
        return gate.calls().stream().map(call -> asked(call).size()).toList();
    }

    @Test
    void whatIsTooMuchIsHalvedAndRememberedForAWhile() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Clock clock = mock(Clock.class);
        when(clock.instant()).thenAnswer(call -> now.get());
        List<Long> wanted = LongStream.rangeClosed(1, 8).boxed().toList();
        EntityReader reader = new EntityReader(gate.answers(call -> atMost(2, call)), 8, clock);
        assertThat(ids(reader.read(null, "leads", wanted, null))).isEqualTo(wanted);
        assertThat(sizes()).containsExactly(8, 4, 2, 2, 4, 2, 2);
        assertThat(ids(reader.read(null, "leads", wanted, null))).isEqualTo(wanted);
        assertThat(ids(reader.read(null, "leads", wanted, null))).isEqualTo(wanted);
        assertThat(sizes().subList(14, 20)).containsExactly(4, 2, 2, 4, 2, 2);
        reader.read(null, "leads", wanted, null);
        assertThat(sizes().subList(20, 24)).containsExactly(2, 2, 2, 2);
        now.set(Instant.EPOCH.plus(Duration.ofHours(1)));
        gate.answers(EntityReaderTest::all);
        reader.read(null, "leads", wanted, null);
        assertThat(sizes().subList(24, sizes().size())).containsExactly(8);
    }

    @Test
    void aBadMomentWithFewIdsTeachesNothing() {
        EntityReader reader = new EntityReader(gate.answers(call -> atMost(1, call)), 200);
        reader.read(null, "leads", List.of(1L, 2L), null);
        gate.answers(EntityReaderTest::all);
        reader.read(null, "leads", LongStream.rangeClosed(1, 200).boxed().toList(), null);
        assertThat(sizes()).containsExactly(2, 1, 1, 200);
    }

    @Test
    void badMomentsNowAndThenTeachNothing() {
        List<Long> wanted = LongStream.rangeClosed(1, 8).boxed().toList();
        AtomicInteger call = new AtomicInteger();
        EntityReader reader = new EntityReader(gate.answers(asked -> {
            if (call.incrementAndGet() % 4 == 1) {
                throw new CrmTooMuch("504");
            }
            return all(asked);
        }), 8);
        for (int read = 0; read < 4; read++) {
            assertThat(ids(reader.read(null, "leads", wanted, null))).isEqualTo(wanted);
        }
        assertThat(sizes()).containsExactly(8, 4, 4, 8, 8, 4, 4, 8);
    }

    /** After an outage of an hour, the whole backlog is not read one by one. */
    @Test
    void anOutageTeachesNothing() {
        List<Long> wanted = LongStream.rangeClosed(1, 8).boxed().toList();
        EntityReader reader = new EntityReader(gate.answers(call -> atMost(0, call)), 8);
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> reader.read(null, "leads", wanted, null)).isInstanceOf(CrmTooMuch.class);
        }
        int before = sizes().size();
        gate.answers(EntityReaderTest::all);
        reader.read(null, "leads", wanted, null);
        assertThat(sizes().subList(before, sizes().size())).containsExactly(8);
    }

    @Test
    void troubleIsPassedOn() {
        CrmUnavailable trouble = new CrmUnavailable(Trouble.DOWN, "GET", null);
        EntityReader reader = new EntityReader(gate.answers(call -> {
            throw trouble;
        }), 200);
        assertThatThrownBy(() -> reader.read(null, "leads", List.of(1L), null)).isSameAs(trouble);
    }

    @Test
    void oneThatIsTooMuchByItselfIsTold() {
        EntityReader reader = new EntityReader(gate.answers(call -> {
            throw new CrmTooMuch("GET /api/v4/leads → 414");
        }), 200);
        assertThatThrownBy(() -> reader.read(null, "leads", List.of(7L), null)).isInstanceOf(CrmTooMuch.class);
    }
}
