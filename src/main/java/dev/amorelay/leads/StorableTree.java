package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.amorelay.json.Json;

/** A copy of a tree that a {@code jsonb} column accepts. */
final class StorableTree {

    /** PostgreSQL's numeric ends at 131,072 digits, and 1e999999999 is ten characters: such numbers are kept as text. */
    static final int WIDEST_SCALE = 1000;

    private StorableTree() {
    }

    static JsonNode of(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = Json.object();
            node.properties().forEach(field -> copy.set(Json.storable(field.getKey()), of(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = Json.array();
            node.forEach(element -> copy.add(of(element)));
            return copy;
        }
        if (node.isTextual()) {
            return TextNode.valueOf(Json.storable(node.textValue()));
        }
        if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > WIDEST_SCALE) {
            return TextNode.valueOf(node.decimalValue().toString());
        }
        return node;
    }
}
