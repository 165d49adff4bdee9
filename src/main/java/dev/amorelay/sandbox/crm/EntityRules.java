package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which keys an item of a lead, contact or company may have, and of which type (facts §3.1–3.2, §5). */
final class EntityRules {

    private enum Type { TEXT, INT, INT_OR_NULL, PRICE, USER, AUTHOR, TAGS, ANY }

    private static final Map<String, Type> COMMON = Map.ofEntries(
            Map.entry("id", Type.INT), Map.entry("name", Type.TEXT), Map.entry("responsible_user_id", Type.USER),
            Map.entry("created_by", Type.AUTHOR), Map.entry("updated_by", Type.AUTHOR),
            Map.entry("created_at", Type.INT), Map.entry("updated_at", Type.INT), Map.entry("group_id", Type.INT_OR_NULL),
            Map.entry("custom_fields_values", Type.ANY), Map.entry("tags_to_add", Type.TAGS),
            Map.entry("tags_to_delete", Type.TAGS), Map.entry("_embedded", Type.ANY), Map.entry("request_id", Type.ANY));
    private static final Map<String, Type> LEAD = Map.of("price", Type.PRICE, "status_id", Type.INT,
            "pipeline_id", Type.INT, "closed_at", Type.INT_OR_NULL, "loss_reason_id", Type.INT_OR_NULL,
            "labor_cost", Type.INT_OR_NULL, "visitor_uid", Type.TEXT, "source_id", Type.INT_OR_NULL);
    private static final Map<String, Type> CONTACT = Map.of("first_name", Type.TEXT, "last_name", Type.TEXT);

    private final Catalogue catalogue;

    EntityRules(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Notes everything wrong with the item's own keys; fields and links are others' matter. */
    void check(EntityType type, JsonNode item, Violations violations) {
        if (!item.isObject()) {
            violations.wrongType("", "array");
            return;
        }
        Set<String> seen = new HashSet<>();
        item.fieldNames().forEachRemaining(seen::add);
        for (String key : seen) {
            typeOf(type, key).ifPresentOrElse(wanted -> value(wanted, key, item.get(key), violations),
                    () -> violations.notExpected(key));
        }
        if (type == EntityType.LEADS && violations.errors().isEmpty()) {
            stage(item, violations);
        }
    }

    private static Optional<Type> typeOf(EntityType type, String key) {
        Map<String, Type> own = switch (type) {
            case LEADS -> LEAD;
            case CONTACTS -> CONTACT;
            case COMPANIES -> Map.of();
        };
        return Optional.ofNullable(own.getOrDefault(key, COMMON.get(key)));
    }

    private void value(Type wanted, String key, JsonNode value, Violations violations) {
        switch (wanted) {
            case TEXT -> expect(value.isTextual(), key, "string", violations);
            case INT -> expect(isLong(value), key, "int", violations);
            case INT_OR_NULL -> expect(isLong(value) || value.isNull(), key, "int", violations);
            // a signed 32-bit whole number (facts §2)
            case PRICE -> expect(value.isIntegralNumber() && value.canConvertToInt(), key, "int", violations);
            case USER -> user(key, value, false, violations);
            case AUTHOR -> user(key, value, true, violations);
            case TAGS -> tags(key, value, violations);
            case ANY -> { }
        }
    }

    private void user(String key, JsonNode value, boolean robotToo, Violations violations) {
        if (!isLong(value)) {
            violations.wrongType(key, "int");
        } else if (!catalogue.hasUser(value.asLong()) && !(robotToo && value.asLong() == 0)) {
            violations.notSupported(key);
        }
    }

    /** Tags are {@code [{id} or {name}]}. */
    static void tags(String key, JsonNode value, Violations violations) {
        if (!value.isArray()) {
            expect(value.isNull(), key, "array", violations);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            boolean named = value.get(i).path("name").isTextual() || isLong(value.get(i).path("id"));
            expect(named, key + "." + i, "array", violations);
        }
    }

    /** The stage must be of the pipeline; leads are not put among the unsorted ones by hand (facts §3.2). */
    private void stage(JsonNode item, Violations violations) {
        Optional<JsonNode> pipeline = Optional.empty();
        if (item.has("pipeline_id")) {
            pipeline = catalogue.pipeline(item.get("pipeline_id").asLong());
            if (pipeline.isEmpty()) {
                violations.notSupported("pipeline_id");
                return;
            }
        }
        if (item.has("status_id") && !Catalogue.isClosing(item.get("status_id").asLong())) {
            long status = item.get("status_id").asLong();
            Optional<JsonNode> stage = pipeline.or(() -> catalogue.pipelineOfStage(status))
                    .flatMap(found -> catalogue.stage(found, status));
            if (stage.isEmpty() || stage.get().get("type").asInt() == 1) {
                violations.notSupported("status_id");
            }
        }
    }

    static boolean isLong(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    private static void expect(boolean right, String key, String type, Violations violations) {
        if (!right) {
            violations.wrongType(key, type);
        }
    }
}
