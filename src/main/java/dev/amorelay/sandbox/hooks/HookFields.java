package dev.amorelay.sandbox.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entities as webhooks tell them: the names and order of API v2, not v4 (facts §6.2–6.4). */
public final class HookFields {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private HookFields() {
    }

    /**
     * A lead.
     *
     * @param lead the stored document; absent attributes stay absent
     * @param oldStatus the stage before; null where it did not change
     */
    public static ObjectNode lead(JsonNode lead, @Nullable Long oldStatus) {
        ObjectNode hook = Json.object();
        copy(lead, hook, "id", "id", "name", "name", "status_id", "status_id");
        if (oldStatus != null) {
            hook.put("old_status_id", oldStatus);
        }
        copy(lead, hook, "price", "price", "responsible_user_id", "responsible_user_id", "updated_at", "last_modified",
                "updated_by", "modified_user_id", "created_by", "created_user_id", "created_at", "date_create",
                "pipeline_id", "pipeline_id");
        ArrayNode tags = Json.array();
        lead.path("tags").forEach(tag -> tags.addObject().put("id", tag.path("id").asLong())
                .put("name", tag.path("name").asText()));
        hook.set("tags", tags);
        copy(lead, hook, "account_id", "account_id");
        hook.set("custom_fields", customFields(lead.path("custom_fields_values")));
        copy(lead, hook, "created_at", "created_at", "updated_at", "updated_at");
        return hook;
    }

    /**
     * A contact or a company: both come under {@code contacts} and are told apart by {@code type}.
     *
     * @param linkedLeads ids of its leads
     */
    public static ObjectNode person(JsonNode doc, String type, List<Long> linkedLeads) {
        ObjectNode hook = Json.object();
        copy(doc, hook, "id", "id", "name", "name", "responsible_user_id", "responsible_user_id", "created_at", "date_create",
                "updated_at", "last_modified", "created_by", "created_user_id", "updated_by", "modified_user_id",
                "account_id", "account_id");
        hook.set("custom_fields", customFields(doc.path("custom_fields_values")));
        ObjectNode linked = hook.putObject("linked_leads_id");
        linkedLeads.forEach(id -> linked.putObject(Long.toString(id)).put("ID", id));
        copy(doc, hook, "created_at", "created_at", "updated_at", "updated_at");
        return hook.put("type", type);
    }

    /** A task; its texts of time are UTC (facts §8.12). */
    public static ObjectNode task(JsonNode task, int elementType, boolean updated, boolean closing) {
        ObjectNode hook = Json.object();
        copy(task, hook, "id", "id", "entity_id", "element_id");
        hook.put("element_type", elementType);
        copy(task, hook, "task_type_id", "task_type");
        hook.put("date_create", clock(task.path("created_at").asLong(), ZoneOffset.UTC));
        copy(task, hook, "text", "text");
        hook.put("status", task.path("is_completed").asBoolean() ? 1 : 0);
        copy(task, hook, "account_id", "account_id", "created_by", "created_user_id");
        hook.put("last_modified", clock(task.path("updated_at").asLong(), ZoneOffset.UTC));
        copy(task, hook, "responsible_user_id", "responsible_user_id");
        hook.put("complete_till", clock(task.path("complete_till").asLong(), ZoneOffset.UTC));
        if (updated) {
            hook.put("action_close", closing ? 1 : 0);
            if (task.path("result").has("text")) {
                hook.putObject("result").put("id", task.path("result").path("id").asLong(task.get("id").asLong()))
                        .set("text", task.path("result").get("text"));
            }
        }
        copy(task, hook, "created_at", "created_at", "updated_at", "updated_at", "complete_till", "complete_before");
        return hook;
    }

    /** A note under its entity: {@code note[…]}; its texts of time are the account's (facts §8.12). */
    public static ObjectNode note(JsonNode note, int elementType, ZoneId zone) {
        String created = clock(note.path("created_at").asLong(), zone);
        ObjectNode inner = Json.object().put("text", note.path("params").path("text").asText(""))
                .put("attachement", "").put("date_create", created)
                .put("note_type", note.path("note_type").asText().equals("attachment") ? 5 : 4)
                .put("element_type", elementType);
        copy(note, inner, "entity_id", "element_id");
        inner.put("catalog_id", "").put("group_id", 0).put("timestamp_x", created);
        copy(note, inner, "account_id", "account_id");
        inner.put("metadata", "");
        copy(note, inner, "created_by", "created_by", "updated_by", "modified_by", "responsible_user_id", "main_user_id",
                "id", "id", "created_at", "created_at", "updated_at", "updated_at");
        ObjectNode hook = Json.object();
        hook.set("note", inner);
        return hook;
    }

    private static ArrayNode customFields(JsonNode fields) {
        ArrayNode list = Json.array();
        for (JsonNode field : fields) {
            ObjectNode item = list.addObject();
            copy(field, item, "field_id", "id", "field_name", "name");
            ArrayNode values = item.putArray("values");
            for (JsonNode value : field.path("values")) {
                if (field.path("field_type").asText().equals("date")) {
                    values.add(value.get("value")); // a bare scalar, no [value] (facts §6.4)
                } else {
                    ObjectNode written = values.addObject();
                    copy(value, written, "value", "value", "enum_id", "enum");
                }
            }
            copy(field, item, "field_code", "code");
        }
        return list;
    }

    private static String clock(long second, ZoneId zone) {
        return CLOCK.format(Instant.ofEpochSecond(second).atZone(zone));
    }

    /** Copies what is there; {@code names} are pairs of from and to. */
    private static void copy(JsonNode from, ObjectNode to, String... names) {
        for (int i = 0; i < names.length; i += 2) {
            if (from.hasNonNull(names[i])) {
                to.set(names[i + 1], from.get(names[i]));
            }
        }
    }
}
