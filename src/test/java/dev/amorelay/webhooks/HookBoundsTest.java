package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A body costs no more than it should: what is beyond the bounds is kept as it came, beside what was read of it. */
class HookBoundsTest {

    private final HookReader reader = new HookReader();
    private final RelayedHook relayed = new RelayedHook(new RelayedEvent(), reader);

    private static String form(int entities) {
        return IntStream.range(0, entities).mapToObj(i -> "leads[add][" + i + "][id]=" + (i + 1)).collect(Collectors.joining("&"));
    }

    private static void expectBounded(List<HookEvent> events, byte[] body) {
        assertThat(events).hasSize(HookTree.MOST_EVENTS + 1);
        assertThat(events.subList(0, HookTree.MOST_EVENTS)).allMatch(event -> event.eventType().equals("lead.add"));
        HookEvent last = events.get(HookTree.MOST_EVENTS);
        assertThat(last.eventType()).isEqualTo(HookEvent.UNPARSED);
        assertThat(last.payload().path("raw").asText()).isEqualTo(new String(body, StandardCharsets.UTF_8));
    }

    @Test
    void asManyEntitiesAsThereIsRoomForAreEventsAndTheBodyIsKept() {
        assertThat(reader.read(HookText.bytes(form(HookTree.MOST_EVENTS)), HookText.FORM)).hasSize(HookTree.MOST_EVENTS)
                .noneMatch(event -> event.eventType().equals(HookEvent.UNPARSED));
        byte[] body = HookText.bytes(form(HookTree.MOST_EVENTS + 1));
        expectBounded(reader.read(body, HookText.FORM), body);
    }

    @Test
    void soItIsWithAListOfHooksAndWithItemsOfAFlow() {
        ArrayNode hooks = Json.array();
        ArrayNode items = Json.array();
        for (int i = 1; i <= HookTree.MOST_EVENTS + 100; i++) {
            ObjectNode hook = (ObjectNode) Json.read("{\"leads\":{\"add\":[{\"id\":" + i + "}]}}");
            hooks.add(hook);
            items.addObject().put("webhookUrl", "x").set("body", hook);
        }
        byte[] list = HookText.bytes(hooks.toString());
        expectBounded(reader.read(list, "application/json"), list);
        byte[] flow = HookText.bytes(items.toString());
        expectBounded(relayed.read(flow), flow);
    }

    @Test
    void itemsThatAreNoHooksAreBoundedToo() {
        ArrayNode items = Json.array();
        for (int i = 0; i < 5_000; i++) {
            items.addObject().put("webhookUrl", "x").put("body", "garbage " + i);
        }
        assertThat(relayed.read(HookText.bytes(items.toString()))).hasSizeLessThanOrEqualTo(HookTree.MOST_EVENTS + 1);
        assertThat(reader.read(HookText.bytes("[" + "{},".repeat(5_000) + "{}]"), "application/json")).singleElement()
                .extracting(HookEvent::eventType).isEqualTo(HookEvent.UNPARSED);
    }

    @Test
    void anEntityWithoutRoomForAllItsFieldsKeepsThoseThatHaveItAndItsHash() {
        String start = "leads[status][0][id]=7&leads[status][0][big]=" + "x".repeat(PayloadBound.LONGEST);
        byte[] body = HookText.bytes(start + "&leads[status][0][status_id]=142");
        List<HookEvent> events = reader.read(body, HookText.FORM);

        assertThat(events).extracting(HookEvent::eventType).containsExactly("lead.status", HookEvent.UNPARSED);
        assertThat(events.get(0).payload()).isEqualTo(HookText.json("{'id':'7','status_id':'142'}"));
        assertThat(events.get(0).hash()).isEqualTo(EventHash.of(null, "lead", "status", "7", FormTree.of(body).orElseThrow().at("/leads/status/0")));
        assertThat(events.get(1).payload().path("raw").asText()).hasSize(body.length);
    }

    @Test
    void soDoesAnEventThatAFlowNames() {
        byte[] body = HookText.bytes("{\"event_type\":\"lead.status\",\"amocrm_entity_id\":7,\"payload\":{\"id\":7},\"details\":[\"" + "x".repeat(100_000) + "\"]}");
        List<HookEvent> events = relayed.read(body);

        assertThat(events).extracting(HookEvent::eventType).containsExactly("lead.status", HookEvent.UNPARSED);
        assertThat(events.get(0).payload()).isEqualTo(HookText.json("{'id':'7'}"));
    }

    @Test
    void theLongestNoteHasRoom() {
        assertThat(reader.read(HookText.bytes("leads[note][0][note][id]=5&leads[note][0][note][text]=" + "ы".repeat(20_000)), HookText.FORM))
                .singleElement().satisfies(event -> assertThat(event.payload().path("text").asText()).hasSize(20_000));
    }

    @Test
    void aFormBeyondItsPairsOrParentsIsKeptAsItCame() {
        for (String body : List.of("a=1&".repeat(FormTree.MAX_PAIRS + 1), IntStream.rangeClosed(0, FormTree.MAX_PARENTS).mapToObj(i -> "a[" + i + "][b]=")
                .collect(Collectors.joining("&")))) {
            assertThat(reader.read(HookText.bytes(body), HookText.FORM)).singleElement()
                    .satisfies(event -> assertThat(event.payload().path("raw").asText()).isEqualTo(body));
        }
    }
}
