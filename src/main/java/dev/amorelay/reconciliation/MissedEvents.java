package dev.amorelay.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.webhooks.EventHash;
import dev.amorelay.webhooks.HookEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Tells what of the CRM's news nothing has told us yet, as events for the inbox. Their fields come from the CRM alone,
 * so that the same news makes the same event however often it is met.
 */
@Component
public class MissedEvents {

    /** Field of the payload that tells these events from webhooks. */
    static final String SOURCE = "source";
    /** Its value. */
    static final String RECONCILIATION = "reconciliation";

    private final NamedParameterJdbcTemplate sql;
    private final String changes = SqlFile.read("reconciliation/missed-changes.sql");
    private final String deals = SqlFile.read("reconciliation/missed-deals.sql");
    private final String contacts = SqlFile.read("reconciliation/missed-contacts.sql");

    /**
     * @param jdbc the relay's database
     */
    public MissedEvents(JdbcTemplate jdbc) {
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    /**
     * Of events of the account's log.
     *
     * @param number amoCRM's number of the account
     * @param wonStage the stage that means won: each coming to it counts, wherever the deal stands now
     * @param log {@code lead_status_changed}, {@code lead_deleted}, {@code lead_restored}, {@code contact_deleted}, {@code contact_restored}
     * @return those that were missed
     */
    List<HookEvent> ofLog(long number, long wonStage, List<JsonNode> log) {
        MapSqlParameterSource told = new MapSqlParameterSource("won", wonStage)
                .addValue("types", texts(log, event -> event.path("type").asText()))
                .addValue("stages", numbers(log, event -> stage(event, "value_after").path("id").asLong()));
        return missed(number, log, changes, told, "entity_id", "created_at", MissedEvents::logged);
    }

    /**
     * Of deals.
     *
     * @param number amoCRM's number of the account
     * @param read as the CRM shows them
     * @return those that have changed since we read them
     */
    List<HookEvent> ofDeals(long number, List<JsonNode> read) {
        return missed(number, read, deals, new MapSqlParameterSource(), "id", "updated_at", MissedEvents::deal);
    }

    /**
     * Of contacts.
     *
     * @param number amoCRM's number of the account
     * @param read as the CRM shows them
     * @return those that have changed since we read them
     */
    List<HookEvent> ofContacts(long number, List<JsonNode> read) {
        MapSqlParameterSource told = new MapSqlParameterSource("created",
                numbers(read, contact -> contact.path("created_at").asLong()));
        return missed(number, read, contacts, told, "id", "updated_at", MissedEvents::contact);
    }

    private List<HookEvent> missed(long number, List<JsonNode> items, String statement, MapSqlParameterSource told,
                                   String id, String at, Function<JsonNode, Told> event) {
        if (items.isEmpty()) {
            return List.of();
        }
        told.addValue("account", number)
                .addValue("ids", numbers(items, item -> item.path(id).asLong()))
                .addValue("at", numbers(items, item -> item.path(at).asLong()));
        Set<Integer> places = Set.copyOf(sql.queryForList(statement, told, Integer.class));
        return IntStream.range(0, items.size()).filter(i -> places.contains(i + 1))
                .mapToObj(i -> event.apply(items.get(i)).event(number)).toList();
    }

    /** What is told of an entity. */
    private record Told(String entity, String action, ObjectNode fields) {

        HookEvent event(long account) {
            fields.put(SOURCE, RECONCILIATION);
            String id = fields.path("id").asText();
            return new HookEvent(entity + "." + action, entity, action, id, account, fields,
                    EventHash.of(account, entity, action, id, fields));
        }
    }

    private static Told logged(JsonNode event) {
        String type = event.path("type").asText();
        ObjectNode fields = fields(event, "entity_id", "created_at");
        if (!type.equals("lead_status_changed")) {
            return new Told(type.startsWith("lead") ? "lead" : "contact", type.endsWith("_deleted") ? "delete" : "restore", fields);
        }
        JsonNode to = stage(event, "value_after");
        JsonNode from = stage(event, "value_before");
        return new Told("lead", "status", fields
                .put("status_id", to.path("id").asText()).put("pipeline_id", to.path("pipeline_id").asText())
                .put("old_status_id", from.path("id").asText()).put("old_pipeline_id", from.path("pipeline_id").asText()));
    }

    private static JsonNode stage(JsonNode event, String value) {
        return event.path(value).path(0).path("lead_status");
    }

    private static Told deal(JsonNode deal) {
        return new Told("lead", "update", fields(deal, "id", "updated_at")
                .put("status_id", deal.path("status_id").asText()).put("pipeline_id", deal.path("pipeline_id").asText()));
    }

    private static Told contact(JsonNode contact) {
        return new Told("contact", "update", fields(contact, "id", "updated_at"));
    }

    /** All texts, as in a webhook. */
    private static ObjectNode fields(JsonNode item, String id, String at) {
        return Json.object().put("id", item.path(id).asText()).put("updated_at", item.path(at).asText());
    }

    private static Long[] numbers(List<JsonNode> items, Function<JsonNode, Long> number) {
        return items.stream().map(number).toArray(Long[]::new);
    }

    private static String[] texts(List<JsonNode> items, Function<JsonNode, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }
}
