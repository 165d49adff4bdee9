package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** One account's event log, written in the commit of the change. */
public final class Events {

    private static final RowMapper<ObjectNode> EVENT = (row, i) -> {
        ObjectNode event = Json.object().put("id", "ev" + row.getLong("id")).put("type", row.getString("type"))
                .put("entity_id", row.getLong("entity_id")).put("entity_type", row.getString("entity_type"))
                .put("created_by", row.getLong("created_by")).put("created_at", row.getLong("created_at"));
        event.set("value_after", Json.read(row.getString("after")));
        event.set("value_before", Json.read(row.getString("before")));
        return event;
    };

    private final JdbcTemplate jdbc;
    private final String account;

    /** The log of {@code account}. */
    public Events(DataSource dataSource, String account) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.account = account;
    }

    /** Notes that something was added. */
    public void added(String type, String entityType, JsonNode doc, long entityId) {
        add(type, entityType, entityId, doc.path("updated_at").asLong(), doc.path("created_by").asLong(),
                Json.array(), Json.array());
    }

    /** Notes that a lead went from one stage to another (facts §9). */
    public void stageChanged(ObjectNode before, ObjectNode after, long now) {
        add("lead_status_changed", "lead", after.get("id").asLong(), now, after.get("updated_by").asLong(),
                stage(before), stage(after));
    }

    /** Notes each custom field whose values are others now, with who has changed it. */
    public void fieldsChanged(String entityType, ObjectNode before, ObjectNode after, long now) {
        Map<Long, ArrayNode> were = fields(before);
        Map<Long, ArrayNode> are = fields(after);
        Set<Long> ids = new TreeSet<>(were.keySet());
        ids.addAll(are.keySet());
        for (long id : ids) {
            ArrayNode was = were.getOrDefault(id, Json.array());
            ArrayNode is = are.getOrDefault(id, Json.array());
            if (!was.equals(is)) {
                add("custom_field_" + id + "_value_changed", entityType, after.get("id").asLong(), now,
                        after.path("updated_by").asLong(), was, is);
            }
        }
    }

    private static Map<Long, ArrayNode> fields(ObjectNode doc) {
        Map<Long, ArrayNode> fields = new HashMap<>();
        for (JsonNode field : doc.path("custom_fields_values")) {
            ArrayNode values = fields.computeIfAbsent(field.path("field_id").asLong(), id -> Json.array());
            for (JsonNode value : field.path("values")) {
                values.addObject().putObject("custom_field_value").put("field_id", field.path("field_id").asLong())
                        .put("text", value.path("value").asText());
            }
        }
        return fields;
    }

    /** Notes that an entity went ({@code _deleted}) or came back ({@code _restored}). */
    public void cameOrWent(String type, String entityType, ObjectNode doc, long now) {
        add(type, entityType, doc.get("id").asLong(), now, doc.path("updated_by").asLong(), Json.array(), Json.array());
    }

    private static ArrayNode stage(ObjectNode lead) {
        ArrayNode value = Json.array();
        value.addObject().putObject("lead_status").put("id", lead.get("status_id").asLong())
                .put("pipeline_id", lead.get("pipeline_id").asLong());
        return value;
    }

    private void add(String type, String entityType, long id, long at, long by, ArrayNode before, ArrayNode after) {
        jdbc.update("INSERT INTO sandbox.events (account, type, entity_type, entity_id, created_at, created_by, before, after)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)", account, type, entityType, id, at, by,
                before.toString(), after.toString());
    }

    /**
     * A page of events, newest first.
     *
     * @param types empty = all; so for the others
     * @param from unix seconds, included; null = no bound
     */
    public List<ObjectNode> find(List<String> types, List<String> entityTypes, List<Long> entityIds, @Nullable Long from, Long to,
                                 int limit, long offset) {
        StringBuilder sql = new StringBuilder("SELECT * FROM sandbox.events WHERE account = ?");
        List<Object> arguments = new ArrayList<>(List.of(account));
        condition(sql, arguments, "type = ANY(?)", types.isEmpty() ? null : types.toArray(new String[0]));
        condition(sql, arguments, "entity_type = ANY(?)", entityTypes.isEmpty() ? null : entityTypes.toArray(new String[0]));
        condition(sql, arguments, "entity_id = ANY(?)", entityIds.isEmpty() ? null : entityIds.toArray(new Long[0]));
        condition(sql, arguments, "created_at >= ?", from);
        condition(sql, arguments, "created_at <= ?", to);
        arguments.add(limit);
        arguments.add(offset);
        return jdbc.query(sql + " ORDER BY id DESC LIMIT ? OFFSET ?", EVENT, arguments.toArray());
    }

    private static void condition(StringBuilder sql, List<Object> arguments, String condition, Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            arguments.add(value);
        }
    }
}
