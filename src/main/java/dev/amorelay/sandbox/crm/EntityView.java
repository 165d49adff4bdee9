package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.Collection;
import java.util.List;

/** A document as the API tells it (facts §3.1). */
final class EntityView {

    private final Changes changes;

    EntityView(Changes changes) {
        this.changes = changes;
    }

    /**
     * One entity: tags and companies are always there, contacts of a lead and leads of a contact only when asked for.
     *
     * @param with words of the query's {@code with}
     */
    ObjectNode of(EntityType type, JsonNode doc, Collection<String> with) {
        long id = doc.get("id").asLong();
        ObjectNode view = doc.deepCopy();
        view.remove(List.of("tags", "contacts", "companies"));
        view.set("_links", Hal.self(type.path(), id));
        ObjectNode embedded = view.putObject("_embedded");
        embedded.set("tags", doc.path("tags"));
        if (type != EntityType.COMPANIES) {
            embedded.set("companies", linked(doc.path("companies"), "companies"));
        }
        if (type == EntityType.LEADS && with.contains("contacts")) {
            embedded.set("contacts", linked(doc.path("contacts"), "contacts"));
        }
        if (type != EntityType.LEADS && with.contains("leads")) {
            ArrayNode leads = Json.array();
            changes.leadsOf(type, id).forEach(lead -> leads.addObject().put("id", lead));
            embedded.set("leads", linked(leads, "leads"));
        }
        return view;
    }

    private static ArrayNode linked(JsonNode links, String path) {
        ArrayNode view = Json.array();
        for (JsonNode link : links) {
            ObjectNode item = link.deepCopy();
            item.set("_links", Hal.self(path, link.get("id").asLong()));
            view.add(item);
        }
        return view;
    }
}
