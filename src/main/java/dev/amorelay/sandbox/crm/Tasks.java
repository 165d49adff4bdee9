package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates and changes tasks by the rules of the API (facts §5). */
public final class Tasks {

    private static final List<String> PLAIN = List.of("text", "complete_till", "task_type_id", "responsible_user_id",
            "duration", "is_completed", "result", "entity_id", "entity_type", "created_by", "created_at");
    private static final Set<String> NUMBERS = Set.of("id", "complete_till", "task_type_id", "duration", "entity_id",
            "created_by", "updated_by", "created_at", "updated_at", "responsible_user_id");

    private final Documents documents;
    private final Changes changes;
    private final Catalogue catalogue;

    /** Tasks in {@code documents}, told through {@code changes}. */
    public Tasks(Documents documents, Changes changes, Catalogue catalogue) {
        this.documents = documents;
        this.changes = changes;
        this.catalogue = catalogue;
    }

    /**
     * Creates all or none.
     *
     * @throws CrmProblem 400 with {@code validation-errors}
     */
    public List<ObjectNode> create(List<JsonNode> items) {
        Items.validate(items, (item, violations) -> {
            for (String key : List.of("text", "complete_till")) {
                if (!item.has(key)) {
                    violations.missing(key);
                }
            }
            check(item, violations);
        });
        return changes.commit(told -> {
            List<Long> ids = documents.newIds(items.size());
            List<ObjectNode> tasks = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                long now = Entities.now();
                ObjectNode task = Json.object().put("id", ids.get(i)).put("created_by", catalogue.tokenUser())
                        .put("updated_by", catalogue.tokenUser()).put("created_at", now).put("updated_at", now)
                        .put("responsible_user_id", catalogue.tokenUser()).put("group_id", 0).putNull("entity_id")
                        .putNull("entity_type").put("duration", 0).put("is_completed", false).put("task_type_id", 1)
                        .put("account_id", catalogue.accountId());
                task.putArray("result");
                tasks.add(apply(task, items.get(i)));
            }
            documents.insert(Kind.TASK, tasks);
            tasks.forEach(task -> told.task(null, task));
            return tasks;
        });
    }

    /**
     * Changes all or none; each item names its {@code id}.
     *
     * @throws CrmProblem 400 with {@code validation-errors}, also for an id that is not there
     */
    public List<ObjectNode> update(List<JsonNode> items) {
        Items.validate(items, this::check);
        return changes.commit(told -> {
            Map<Long, ObjectNode> found = documents.lock(Kind.TASK, items.stream().map(item -> item.path("id").asLong()).toList());
            Items.validate(items, (item, violations) -> {
                if (!found.containsKey(item.path("id").asLong())) {
                    violations.notSupported("id");
                }
            });
            List<ObjectNode> changed = new ArrayList<>();
            for (JsonNode item : items) {
                ObjectNode task = found.get(item.get("id").asLong());
                ObjectNode before = task.deepCopy();
                EntityChange.touch(apply(task, item), Entities.now());
                told.task(before, task);
                changed.add(task);
            }
            documents.save(Kind.TASK, found.values());
            return changed;
        });
    }

    private static ObjectNode apply(ObjectNode task, JsonNode item) {
        PLAIN.stream().filter(item::has).forEach(key -> task.set(key, item.get(key)));
        return task;
    }

    private void check(JsonNode item, Violations violations) {
        if (!item.isObject()) {
            violations.wrongType("", "array");
            return;
        }
        Set<String> known = Set.of("text", "is_completed", "result", "entity_type", "request_id");
        item.fields().forEachRemaining(entry -> {
            String key = entry.getKey();
            if (NUMBERS.contains(key)) {
                if (!EntityRules.isLong(entry.getValue())) {
                    violations.wrongType(key, "int");
                }
            } else if (!known.contains(key)) {
                violations.notExpected(key);
            }
        });
        if (item.has("text") && !item.get("text").isTextual()) {
            violations.wrongType("text", "string");
        } else if (item.has("text") && item.get("text").asText().isBlank()) {
            violations.blank("text");
        }
        if (item.has("is_completed") && !item.get("is_completed").isBoolean()) {
            violations.wrongType("is_completed", "bool");
        }
        if (item.path("responsible_user_id").isIntegralNumber() && !catalogue.hasUser(item.get("responsible_user_id").asLong())) {
            violations.notSupported("responsible_user_id");
        }
        entity(item, violations);
    }

    private void entity(JsonNode item, Violations violations) {
        if (!item.has("entity_id") && !item.has("entity_type")) {
            return;
        }
        Optional<EntityType> type = EntityType.of(item.path("entity_type").asText());
        if (type.isEmpty()) {
            violations.notSupported("entity_type");
        } else if (documents.find(type.get().kind(), item.path("entity_id").asLong()).isEmpty()) {
            violations.notSupported("entity_id");
        }
    }
}
