package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /api/v4/events}: the account's event log (facts §5, §9). */
public class EventsApi {

    private static final int MAX_ENTITIES = 10;
    private static final Map<String, String> PATHS =
            Map.of("lead", "leads", "contact", "contacts", "company", "companies", "task", "tasks");

    private final Events events;
    private final Catalogue catalogue;

    /** Reads from {@code events}. */
    public EventsApi(Events events, Catalogue catalogue) {
        this.events = events;
        this.catalogue = catalogue;
    }

    /**
     * A page of events, newest first, by {@code filter[type]}, {@code filter[entity]}, {@code filter[entity_id]}
     * (at most 10) and {@code filter[created_at]}; 204 for none.
     */
    @GetMapping("/api/v4/events")
    public ResponseEntity<JsonNode> list(HttpServletRequest request) {
        Query query = Query.of(request);
        List<Long> entities = query.numbers("filter[entity_id]");
        if (entities.size() > MAX_ENTITIES) {
            throw CrmProblem.badRequest("filter[entity_id] takes at most " + MAX_ENTITIES + " ids");
        }
        List<ObjectNode> found = events.find(query.texts("filter[type]"), query.texts("filter[entity]"), entities,
                query.bound("filter[created_at]", "from"), query.bound("filter[created_at]", "to"),
                query.limit() + 1, query.offset());
        found.forEach(event -> {
            long id = event.get("entity_id").asLong();
            event.put("account_id", catalogue.accountId());
            event.putObject("_embedded").putObject("entity").put("id", id)
                    .set("_links", Hal.self(PATHS.get(event.get("entity_type").asText()), id));
        });
        return Hal.page("events", found, query);
    }
}
