package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Adds and changes notes. A note touches its entity, so a note gives a note hook and an update hook (facts §4). */
public final class Notes {

    /** Measured on a live account (facts §4). */
    public static final int MAX_TEXT = 20_000;

    private static final Set<String> TYPES = Set.of("common", "service_message", "extended_service_message", "call_in",
            "call_out", "sms_in", "sms_out", "attachment", "geolocation");
    private static final Set<String> WITH_TEXT = Set.of("common", "service_message", "extended_service_message", "sms_in",
            "sms_out");
    private static final Set<String> KEYS = Set.of("entity_id", "note_type", "params", "request_id", "created_by",
            "updated_by", "created_at", "updated_at", "responsible_user_id", "group_id", "is_need_to_trigger_digital_pipeline");

    private final Documents documents;
    private final Changes changes;
    private final Catalogue catalogue;

    /** Notes in {@code documents}, told through {@code changes}. */
    public Notes(Documents documents, Changes changes, Catalogue catalogue) {
        this.documents = documents;
        this.changes = changes;
        this.catalogue = catalogue;
    }

    /**
     * Adds all or none.
     *
     * @param items {@code {entity_id, note_type, params{text}}}
     * @throws CrmProblem 400 with {@code validation-errors}
     */
    public List<ObjectNode> add(EntityType type, List<JsonNode> items) {
        Items.validate(items, (item, violations) -> check(item, violations, "entity_id"));
        return changes.commit(told -> {
            Set<Long> entityIds = new TreeSet<>();
            items.forEach(item -> entityIds.add(item.get("entity_id").asLong()));
            Map<Long, ObjectNode> entities = documents.lock(type.kind(), entityIds);
            Items.validate(items, (item, violations) -> {
                if (!entities.containsKey(item.get("entity_id").asLong())) {
                    violations.notSupported("entity_id");
                }
            });
            List<Long> ids = documents.newIds(items.size());
            List<ObjectNode> notes = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                notes.add(note(type, ids.get(i), items.get(i)));
            }
            documents.insert(Kind.NOTE, notes);
            notes.forEach(note -> told.noted(type, note));
            entities.values().forEach(entity -> {
                ObjectNode before = entity.deepCopy();
                EntityChange.touch(entity, Entities.now());
                told.updated(type, before, entity, Entities.now());
            });
            documents.save(type.kind(), entities.values());
            return notes;
        });
    }

    /**
     * Changes all or none; each item names its {@code id}.
     *
     * @param items {@code {id, note_type, params{text}}}
     * @throws CrmProblem 400 with {@code validation-errors}, also for an id that is not there
     */
    public List<ObjectNode> update(EntityType type, List<JsonNode> items) {
        Items.validate(items, (item, violations) -> check(item, violations, "id"));
        return changes.commit(told -> {
            Map<Long, ObjectNode> found = documents.lock(Kind.NOTE, items.stream().map(item -> item.get("id").asLong()).toList());
            Items.validate(items, (item, violations) -> {
                ObjectNode note = found.get(item.get("id").asLong());
                if (note == null || !note.path("entity_type").asText().equals(type.path())) {
                    violations.notSupported("id");
                }
            });
            List<ObjectNode> changed = new ArrayList<>();
            for (JsonNode item : items) {
                ObjectNode note = found.get(item.get("id").asLong());
                note.set("params", item.get("params"));
                changed.add(note.put("note_type", item.get("note_type").asText()).put("updated_at", Entities.now()));
            }
            documents.save(Kind.NOTE, found.values());
            return changed;
        });
    }

    private ObjectNode note(EntityType type, long id, JsonNode item) {
        long now = Entities.now();
        ObjectNode note = Json.object().put("id", id).put("entity_id", item.get("entity_id").asLong())
                .put("entity_type", type.path()).put("created_by", item.path("created_by").asLong(catalogue.tokenUser()))
                .put("updated_by", item.path("created_by").asLong(catalogue.tokenUser()))
                .put("created_at", item.path("created_at").asLong(now)).put("updated_at", now)
                .put("responsible_user_id", item.path("responsible_user_id").asLong(catalogue.tokenUser()))
                .put("group_id", 0).put("note_type", item.get("note_type").asText());
        note.set("params", item.get("params"));
        return note.put("account_id", catalogue.accountId());
    }

    private static void check(JsonNode item, Violations violations, String whose) {
        if (!item.isObject()) {
            violations.wrongType("", "array");
            return;
        }
        item.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key) && !key.equals(whose)) {
                violations.notExpected(key);
            }
        });
        if (!item.has(whose)) {
            violations.missing(whose);
        } else if (!EntityRules.isLong(item.get(whose))) {
            violations.wrongType(whose, "int");
        }
        if (!item.has("note_type")) {
            violations.missing("note_type");
        } else if (!TYPES.contains(item.get("note_type").asText())) {
            violations.notSupported("note_type");
        }
        if (!item.path("params").isObject()) {
            violations.missing("params");
        } else if (WITH_TEXT.contains(item.path("note_type").asText())) {
            text(item.path("params").path("text"), violations.at("params"));
        }
    }

    private static void text(JsonNode text, Violations violations) {
        if (text.isMissingNode()) {
            violations.missing("text");
        } else if (!text.isTextual()) {
            violations.wrongType("text", "string");
        } else if (text.asText().isBlank()) {
            violations.blank("text");
        } else if (text.asText().codePointCount(0, text.asText().length()) > MAX_TEXT) {
            violations.tooLong("text", MAX_TEXT);
        }
    }
}
