package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.Map;

/**
 * How much of an entity's fields an event carries: a batch of claimed events lies in memory together. The longest note of amoCRM's has
 * 20,000 characters; what is beyond stands in the {@code unparsed} event beside, with the whole body.
 */
final class PayloadBound {

    /** Characters of names and values, and a few more for each of them. */
    static final int LONGEST = 64 * 1024;

    private static final int AROUND_A_VALUE = 4;

    private PayloadBound() {
    }

    /**
     * Takes what there is room for.
     *
     * @param event an event
     * @return the same event where all has room, else with as many of its fields as have, in their order; its hash is that of all
     */
    static HookEvent of(HookEvent event) {
        if (weight(event.payload(), 0) <= LONGEST) {
            return event;
        }
        ObjectNode some = Json.object();
        int weight = 0;
        for (Map.Entry<String, JsonNode> field : event.payload().properties()) {
            int more = weight(field.getValue(), weight + field.getKey().length() + AROUND_A_VALUE);
            if (more <= LONGEST) {
                some.set(field.getKey(), field.getValue());
                weight = more;
            }
        }
        return new HookEvent(event.eventType(), event.entityType(), event.action(), event.entityId(), event.accountId(), some, event.hash());
    }

    /** Stops soon after the bound: a long tree is not walked to its end. */
    private static int weight(JsonNode node, int before) {
        int weight = before + AROUND_A_VALUE;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (weight > LONGEST) {
                    break;
                }
                weight = weight(field.getValue(), weight + field.getKey().length());
            }
        } else if (node.isArray()) {
            for (JsonNode item : node) {
                if (weight > LONGEST) {
                    break;
                }
                weight = weight(item, weight);
            }
        } else {
            weight += node.isTextual() ? node.textValue().length() : node.isNumber() ? node.asText().length() : 0;
        }
        return weight;
    }
}
