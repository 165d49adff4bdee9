package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.List;
import java.util.Optional;

/** Lays a checked item over an entity's document: a partial update, what is not named stays (facts §3.2). */
final class EntityChange {

    private static final List<String> PLAIN = List.of("name", "price", "responsible_user_id", "created_by", "updated_by",
            "group_id", "closed_at", "loss_reason_id", "labor_cost", "source_id", "first_name", "last_name");

    private final Catalogue catalogue;
    private final FieldValues fields;

    EntityChange(Catalogue catalogue, FieldValues fields) {
        this.catalogue = catalogue;
        this.fields = fields;
    }

    /** @return a new entity: the item over amoCRM's defaults */
    ObjectNode create(EntityType type, long id, JsonNode item, long now) {
        ObjectNode doc = Json.object().put("id", id).put("name", "")
                .put("responsible_user_id", catalogue.tokenUser()).put("group_id", 0)
                .put("created_by", catalogue.tokenUser()).put("updated_by", catalogue.tokenUser())
                .put("created_at", item.path("created_at").asLong(now)).put("updated_at", now)
                .putNull("closest_task_at").put("is_deleted", false).put("account_id", catalogue.accountId());
        if (type == EntityType.LEADS) {
            doc.put("price", 0).putNull("closed_at").putNull("loss_reason_id").putNull("score").putNull("labor_cost")
                    .put("pipeline_id", catalogue.mainPipeline().get("id").asLong())
                    .put("status_id", catalogue.firstStage(catalogue.mainPipeline()));
        } else if (type == EntityType.CONTACTS) {
            doc.put("first_name", "").put("last_name", "");
        }
        doc.set("tags", Json.array());
        apply(type, doc, item, now);
        if (type == EntityType.LEADS && doc.get("name").asText().isEmpty()) {
            doc.put("name", "Сделка #" + id);
        }
        return doc;
    }

    /** Changes the document. {@code updated_at} grows with every change, also within one second. */
    void update(EntityType type, ObjectNode doc, JsonNode item, long now) {
        if (!item.has("updated_by")) {
            doc.put("updated_by", catalogue.tokenUser());
        }
        apply(type, doc, item, now);
        touch(doc, now);
    }

    static void touch(ObjectNode doc, long now) {
        doc.put("updated_at", Math.max(now, doc.get("updated_at").asLong() + 1));
    }

    private void apply(EntityType type, ObjectNode doc, JsonNode item, long now) {
        PLAIN.stream().filter(item::has).forEach(key -> doc.set(key, item.get(key)));
        if (type == EntityType.CONTACTS && !item.has("name") && (item.has("first_name") || item.has("last_name"))) {
            doc.put("name", (doc.path("first_name").asText() + " " + doc.path("last_name").asText()).strip());
        }
        if (type == EntityType.LEADS) {
            stage(doc, item, now);
        }
        ArrayNode given = fields.check(type, item.path("custom_fields_values").isMissingNode()
                ? Json.MAPPER.nullNode() : item.get("custom_fields_values"), new Violations());
        doc.set("custom_fields_values", FieldValues.merge(doc.get("custom_fields_values"), given));
        doc.set("tags", Tags.change((ArrayNode) doc.get("tags"), item));
    }

    private void stage(ObjectNode doc, JsonNode item, long now) {
        if (!item.has("pipeline_id") && !item.has("status_id")) {
            return;
        }
        Optional<JsonNode> pipeline = item.has("pipeline_id") ? catalogue.pipeline(item.get("pipeline_id").asLong())
                : catalogue.pipelineOfStage(item.get("status_id").asLong());
        pipeline.ifPresent(found -> {
            boolean moved = doc.get("pipeline_id").asLong() != found.get("id").asLong();
            doc.set("pipeline_id", found.get("id"));
            if (moved && !item.has("status_id")) {
                doc.put("status_id", catalogue.firstStage(found));
            }
        });
        if (item.has("status_id")) {
            doc.set("status_id", item.get("status_id"));
        }
        if (!Catalogue.isClosing(doc.get("status_id").asLong())) {
            doc.putNull("closed_at").putNull("loss_reason_id");
        } else if (doc.path("closed_at").isNull()) {
            doc.put("closed_at", now);
        }
    }
}
