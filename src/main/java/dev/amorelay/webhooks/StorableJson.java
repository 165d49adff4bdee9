package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.Map;

/** A stranger's JSON in a form that a {@code jsonb} column takes, otherwise unchanged. */
final class StorableJson {

    /** PostgreSQL's numbers end at 131072 digits before the point and 16383 behind it; nothing real comes near. */
    private static final int MAX_SCALE = 1_000;

    private StorableJson() {
    }

    /** @return a copy with clean texts and keys, and numbers out of range as texts */
    static JsonNode of(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = Json.object();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                copy.set(Json.storable(field.getKey()), of(field.getValue()));
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = Json.array();
            node.forEach(item -> copy.add(of(item)));
            return copy;
        }
        return node.isTextual() || isHuge(node) ? Json.MAPPER.getNodeFactory().textNode(text(node)) : node;
    }

    /** @return a scalar as a clean text; numbers without an exponent unless they are out of range */
    static String text(JsonNode scalar) {
        return scalar.isBigDecimal() && !isHuge(scalar)
                ? scalar.decimalValue().toPlainString()
                : Json.storable(scalar.asText());
    }

    private static boolean isHuge(JsonNode node) {
        return node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MAX_SCALE;
    }
}
