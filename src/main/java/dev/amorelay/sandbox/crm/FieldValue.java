package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** One element of a field's {@code values}, by the field's type (the table of facts §3.3). */
final class FieldValue {

    private static final long YEAR_9999 = 253_402_300_800L;

    private final ZoneId zone;

    FieldValue(ZoneId zone) {
        this.zone = zone;
    }

    /** @return the element as reading answers it; where it is wrong, whatever is left of it */
    ObjectNode read(JsonNode field, JsonNode given, Violations violations) {
        String type = field.get("type").asText();
        ObjectNode read = Json.object();
        if (!given.isObject()) {
            violations.wrongType("value", "array");
            return read;
        }
        Set<String> keys = keys(type);
        given.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                violations.notExpected(key);
            }
        });
        JsonNode value = given.path("value");
        if (field.has("enums") && !type.equals("multitext")) {
            option(field, given, violations, read);
        } else if (value.isMissingNode()) {
            violations.missing("value");
        } else if (value.isNull()) {
            violations.blank("value");
        } else {
            plain(type, value, violations, read);
            if (type.equals("multitext")) {
                enumCode(field, given, violations, read);
            }
        }
        return read;
    }

    private static Set<String> keys(String type) {
        return switch (type) {
            case "select", "multiselect", "radiobutton" -> Set.of("value", "enum_id");
            case "multitext" -> Set.of("value", "enum_id", "enum_code");
            default -> Set.of("value");
        };
    }

    private void plain(String type, JsonNode value, Violations violations, ObjectNode read) {
        switch (type) {
            case "date", "date_time", "birthday" -> seconds(value).ifPresentOrElse(
                    second -> read.put("value", type.equals("date") ? midnight(second) : second),
                    () -> violations.wrongType("value", "int"));
            case "checkbox" -> check(value.isBoolean(), "bool", value, violations, read);
            case "numeric" -> {
                boolean number = value.isNumber() || value.isTextual() && value.asText().matches("-?\\d+(\\.\\d+)?");
                check(number, "numeric", value, violations, read);
            }
            default -> check(value.isTextual(), "string", value, violations, read);
        }
    }

    private static void check(boolean right, String type, JsonNode value, Violations violations, ObjectNode read) {
        if (right) {
            read.set("value", value);
        } else {
            violations.wrongType("value", type);
        }
    }

    private static Optional<Long> seconds(JsonNode value) {
        if (value.isIntegralNumber()) {
            return Optional.of(value.asLong()).filter(second -> value.canConvertToLong() && Math.abs(second) < YEAR_9999);
        }
        try {
            return value.isTextual() ? Optional.of(OffsetDateTime.parse(value.asText()).toEpochSecond()) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A date is snapped to the account's local midnight (facts §3.3). */
    private long midnight(long second) {
        return Instant.ofEpochSecond(second).atZone(zone).toLocalDate().atStartOfDay(zone).toEpochSecond();
    }

    private static void option(JsonNode field, JsonNode given, Violations violations, ObjectNode read) {
        boolean byId = given.has("enum_id");
        Catalogue.stream(field.get("enums")).filter(option -> byId
                        ? option.get("id").asLong() == given.get("enum_id").asLong()
                        : option.get("value").equals(given.get("value")))
                .findFirst().ifPresentOrElse(option -> {
                    read.set("value", option.get("value"));
                    read.set("enum_id", option.get("id"));
                    read.putNull("enum_code");
                }, () -> violations.notSupported(byId ? "enum_id" : "value"));
    }

    private static void enumCode(JsonNode field, JsonNode given, Violations violations, ObjectNode read) {
        JsonNode code = given.path("enum_code");
        JsonNode id = given.path("enum_id");
        Catalogue.stream(field.get("enums"))
                .filter(option -> !id.isMissingNode() ? option.get("id").asLong() == id.asLong()
                        : code.isMissingNode() || option.get("value").equals(code))
                .findFirst().ifPresentOrElse(option -> {
                    read.set("enum_id", option.get("id"));
                    read.set("enum_code", option.get("value"));
                }, () -> violations.notSupported(id.isMissingNode() ? "enum_code" : "enum_id"));
    }
}
