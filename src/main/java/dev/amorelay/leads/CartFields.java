package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The goods of somebody's cart as our items: {@code name, quantity, price, sum, id, code}, and whatever else they have. */
final class CartFields {

    private static final List<String> PARTS = List.of("name", "quantity", "price", "sum", "id", "code");

    private CartFields() {
    }

    /** @return whether a list or tree holds goods: things with a name, and a price or a quantity */
    static boolean areGoods(JsonNode value, LeadNames names) {
        return value.isContainerNode() && !value.isEmpty() && StreamSupport.stream(value.spliterator(), false)
                .allMatch(item -> item.isObject() && has(item, "item.name", names)
                        && (has(item, "item.price", names) || has(item, "item.quantity", names) || has(item, "item.sum", names)));
    }

    private static boolean has(JsonNode item, String part, LeadNames names) {
        return item.properties().stream().anyMatch(field -> names.isOfCart(part, field.getKey()));
    }

    /** @return the items: objects, and lines of text as they are; empty where there is nothing */
    static Optional<JsonNode> items(JsonNode value, LeadNames names) {
        if (!NodeText.says(value)) {
            return Optional.empty();
        }
        ArrayNode items = Json.array();
        if (value.isValueNode() || value.isObject() && has(value, "item.name", names)) {
            items.add(value.isObject() ? item((ObjectNode) value, names) : value);
        } else {
            value.forEach(one -> items.add(one instanceof ObjectNode object ? item(object, names) : one));
        }
        return Optional.of(items);
    }

    private static ObjectNode item(ObjectNode given, LeadNames names) {
        ObjectNode item = Json.object();
        boolean counted = given.properties().stream().map(Map.Entry::getKey)
                .anyMatch(key -> names.isOfCart("item.quantity", key) && !names.isOfCart("item.sum", key));
        boolean priced = has(given, "item.price", names);
        given.properties().forEach(field -> {
            String part = PARTS.stream().filter(field.getKey()::equals).findFirst().or(() -> PARTS.stream()
                    .filter(one -> names.isOfCart("item." + one, field.getKey()) && !given.has(one))
                    // what may be a quantity and a sum
                    .filter(one -> !"quantity".equals(one) || !names.isOfCart("item.sum", field.getKey()) || priced && !counted)
                    .findFirst()).orElse(field.getKey());
            item.set(item.has(part) ? field.getKey() : part, field.getValue());
        });
        return item;
    }
}
