package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code custom_fields_values} of a request (facts §3.3) and lays them over what the entity has. */
public final class FieldValues {

    private static final Set<String> ITEM_KEYS = Set.of("field_id", "field_code", "values");

    private final Catalogue catalogue;
    private final FieldValue value;

    /** @param catalogue knows the account's fields and its time zone */
    public FieldValues(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.value = new FieldValue(catalogue.zone());
    }

    /**
     * Checks the list and gives it the form that reading answers.
     *
     * @param given the request's {@code custom_fields_values}
     * @param violations gets what is wrong, with paths from {@code custom_fields_values} on
     * @return items {@code {field_id, field_name, field_code, field_type, values}}; {@code values} is null to clear
     */
    public ArrayNode check(EntityType type, JsonNode given, Violations violations) {
        ArrayNode items = Json.array();
        if (given.isNull()) {
            return items;
        }
        if (!given.isArray()) {
            violations.wrongType("custom_fields_values", "array");
            return items;
        }
        for (int i = 0; i < given.size(); i++) {
            item(type, given.get(i), violations.at("custom_fields_values." + i)).ifPresent(items::add);
        }
        return items;
    }

    /**
     * Lays new values over old ones: a field named anew replaces all its values, one left out stays.
     *
     * @param old the stored list, or null
     * @return the new list, or null when nothing is left (facts: null, not an empty list)
     */
    public static JsonNode merge(@Nullable JsonNode old, ArrayNode items) {
        ObjectNode byField = Json.object();
        if (old != null) {
            old.forEach(item -> byField.set(item.get("field_id").asText(), item));
        }
        for (JsonNode item : items) {
            if (item.get("values").isNull()) {
                byField.remove(item.get("field_id").asText());
            } else {
                byField.set(item.get("field_id").asText(), item);
            }
        }
        ArrayNode merged = Json.array();
        byField.forEach(merged::add);
        return merged.isEmpty() ? Json.MAPPER.nullNode() : merged;
    }

    private Optional<ObjectNode> item(EntityType type, JsonNode given, Violations violations) {
        if (!given.isObject()) {
            violations.wrongType("", "array");
            return Optional.empty();
        }
        given.fieldNames().forEachRemaining(key -> {
            if (!ITEM_KEYS.contains(key)) {
                violations.notExpected(key);
            }
        });
        Optional<JsonNode> field = field(type, given, violations);
        if (field.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode item = Json.object();
        item.set("field_id", field.get().get("id"));
        item.set("field_name", field.get().get("name"));
        item.set("field_code", field.get().get("code"));
        item.set("field_type", field.get().get("type"));
        item.set("values", values(field.get(), given, violations));
        return Optional.of(item);
    }

    private Optional<JsonNode> field(EntityType type, JsonNode given, Violations violations) {
        JsonNode id = given.path("field_id");
        JsonNode code = given.path("field_code");
        if (id.isMissingNode() && code.isMissingNode()) {
            violations.missing("field_id");
            return Optional.empty();
        }
        if (!id.isMissingNode() && !id.isNull() && !id.isIntegralNumber()) {
            violations.wrongType("field_id", "int");
            return Optional.empty();
        }
        Optional<JsonNode> field = catalogue.fields(type).stream().filter(known -> id.isIntegralNumber()
                ? known.get("id").asLong() == id.asLong()
                : code.isTextual() && code.asText().equals(known.path("code").asText())).findFirst();
        if (field.isEmpty()) {
            violations.notSupported(id.isIntegralNumber() ? "field_id" : "field_code");
        }
        return field;
    }

    private JsonNode values(JsonNode field, JsonNode given, Violations violations) {
        JsonNode values = given.path("values");
        if (values.isNull()) {
            return values;
        }
        if (!values.isArray()) {
            if (values.isMissingNode()) {
                violations.missing("values");
            } else {
                violations.wrongType("values", "array");
            }
            return Json.array();
        }
        if (values.isEmpty()) {
            violations.blank("values");
        }
        ArrayNode read = Json.array();
        for (int i = 0; i < values.size(); i++) {
            read.add(value.read(field, values.get(i), violations.at("values." + i)));
        }
        return read;
    }
}
