package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayedHookTest {

    static final List<String> SAMPLES = HookText.SAMPLES;

    private final HookReader reader = new HookReader();
    private final RelayedHook relayed = new RelayedHook(new RelayedEvent(), reader);

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void theItemOfAWebhookNodeGivesTheHooksOwnEvents(String sample) {
        byte[] hook = HookText.sample(sample);
        List<HookEvent> direct = reader.read(hook, HookText.FORM);
        String text = new String(hook, StandardCharsets.UTF_8);
        for (JsonNode body : List.of(FormTree.of(hook).orElseThrow(), withBrackets(text), Json.object().textNode(text))) {
            assertThat(read(item(body))).isEqualTo(direct);
            assertThat(read(Json.array().add(item(body)))).isEqualTo(direct);
            assertThat(read(Json.object().set("json", item(body)))).isEqualTo(direct);
            assertThat(body.isTextual() ? direct : read(Json.object().set("body", body))).isEqualTo(direct);
            assertThat(body.isTextual() ? relayed.understand(hook) : read(body)).isEqualTo(direct);
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void theItemMayAlsoStandInTheEventsPayload(String sample) {
        byte[] hook = HookText.sample(sample);
        String text = new String(hook, StandardCharsets.UTF_8);
        for (HookEvent direct : reader.read(hook, HookText.FORM)) {
            for (JsonNode body : List.of(FormTree.of(hook).orElseThrow(), withBrackets(text), Json.object().textNode(text))) {
                ObjectNode request = Json.object().put("event_type", direct.entityType() + "." + direct.action())
                        .put("entity_type", direct.entityType()).put("amocrm_entity_id", direct.entityId());
                assertThat(read(request.set("payload", item(body)))).containsExactly(direct);
            }
        }
    }

    @Test
    void severalItemsAreSeveralHooks() {
        JsonNode items = Json.array().add(item(HookText.json("{'leads[add][0][id]':'1','account[id]':'5'}")))
                .add(item(HookText.json("{'leads':{'status':[{'id':2},{'id':3}]},'account':{'id':5}}")));
        assertThat(read(items)).extracting(HookEvent::entityId).containsExactly("1", "2", "3");
        assertThat(read(items)).extracting(HookEvent::accountId).containsOnly(5L);
    }

    @Test
    void aNamedEventIsReadAsBefore() {
        assertThat(read(HookText.json("{'event_type':'lead.status','amocrm_entity_id':7,'payload':{'id':7,'body':'текст'}}")))
                .singleElement().satisfies(event -> {
                    assertThat(event.eventType()).isEqualTo("lead.status");
                    assertThat(event.payload().get("body").asText()).isEqualTo("текст");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'body':'leads'}", "{'headers':{},'body':7}", "[]", "[{'headers':{},'body':{}},7]",
        "{'headers':{},'body':'привет'}", "{'headers':{}}"})
    void whatTellsNothingIsKeptMarked(String json) {
        assertThat(read(HookText.json(json))).isNotEmpty().extracting(HookEvent::eventType).containsOnly("unparsed");
    }

    private List<HookEvent> read(JsonNode request) {
        return relayed.understand(HookText.bytes(request.toString()));
    }

    private static ObjectNode item(JsonNode body) {
        ObjectNode item = HookText.object("{'headers':{'x-real-ip':'203.0.113.7'},'params':{},'query':{},"
                + "'webhookUrl':'https://n8n.example/webhook','executionMode':'production'}");
        return item.set("body", body);
    }

    /** What a parser of forms gives that knows no brackets. */
    private static ObjectNode withBrackets(String form) {
        ObjectNode flat = Json.object();
        for (String pair : form.split("&")) {
            String[] sides = java.net.URLDecoder.decode(pair.replace("=", "%00"), StandardCharsets.UTF_8).split("\0", 2);
            flat.put(sides[0], sides[1]);
        }
        return flat;
    }
}
