package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.store.Documents;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** {@code POST /api/v4/leads/complex}: leads with at most one contact and one company each, in one call (facts §3.4). */
public class ComplexApi {

    private static final int LIMIT = 50;
    private static final List<EntityType> INNER = List.of(EntityType.CONTACTS, EntityType.COMPANIES);

    private final Documents documents;
    private final Entities entities;
    private final Changes changes;
    private final Catalogue catalogue;

    /** Checks by the rules of {@code entities}. */
    public ComplexApi(Documents documents, Entities entities, Changes changes, Catalogue catalogue) {
        this.documents = documents;
        this.entities = entities;
        this.changes = changes;
        this.catalogue = catalogue;
    }

    /** @return a bare array, not HAL: {@code [{id, contact_id, company_id, request_id:[…], merged}]} */
    @PostMapping("/api/v4/leads/complex")
    public ResponseEntity<JsonNode> create(@RequestBody(required = false) byte[] body) {
        List<JsonNode> items = Items.batch(body, LIMIT);
        Items.validate(items, this::check);
        ArrayNode answer = Json.array();
        changes.commit(told -> {
            for (int i = 0; i < items.size(); i++) {
                answer.add(insert(items.get(i), i, told));
            }
            return answer;
        });
        return Hal.answer(200, answer);
    }

    private void check(JsonNode item, Violations violations) {
        entities.check(EntityType.LEADS, plain(item), true, violations);
        for (EntityType type : INNER) {
            JsonNode inner = item.path("_embedded").path(type.path());
            if (inner.size() > 1) {
                violations.at("_embedded").notExpected(type.path() + ".1");
            }
            if (inner.has(0)) {
                Violations at = violations.at("_embedded." + type.path() + ".0");
                if (!inner.get(0).has("id")) {
                    entities.check(type, inner.get(0), false, at);
                } else if (documents.find(type.kind(), inner.get(0).get("id").asLong()).isEmpty()) {
                    at.notSupported("id");
                }
            }
        }
    }

    private JsonNode insert(JsonNode item, int position, Changes.Told told) {
        ObjectNode lead = plain(item);
        ObjectNode links = lead.withObject("/_embedded");
        for (EntityType type : INNER) {
            JsonNode inner = item.path("_embedded").path(type.path()).path(0);
            if (inner.isObject()) {
                long id = inner.has("id") ? inner.get("id").asLong()
                        : entities.insert(type, List.of(inner), told).get(0).get("id").asLong();
                links.putArray(type.path()).addObject().put("id", id);
            }
        }
        if (item.path("_embedded").has("metadata")) {
            // with metadata the lead goes among the incoming ones, whatever stage was asked for (facts §3.4)
            JsonNode pipeline = catalogue.pipeline(lead.path("pipeline_id").asLong()).orElse(catalogue.mainPipeline());
            catalogue.unsortedStage(pipeline).ifPresent(stage -> lead.put("status_id", stage));
        }
        ObjectNode doc = entities.insert(EntityType.LEADS, List.of(lead), told).get(0);
        ObjectNode answer = Json.object().put("id", doc.get("id").asLong());
        answer.set("contact_id", doc.at("/contacts/0/id").isMissingNode() ? null : doc.at("/contacts/0/id"));
        answer.set("company_id", doc.at("/companies/0/id").isMissingNode() ? null : doc.at("/companies/0/id"));
        answer.putArray("request_id").add(Items.requestId(item, position));
        return answer.put("merged", false);
    }

    /** The lead without what only this call understands. */
    private static ObjectNode plain(JsonNode item) {
        ObjectNode lead = item.isObject() ? item.deepCopy() : Json.object();
        if (lead.path("_embedded").isObject()) {
            ((ObjectNode) lead.get("_embedded")).remove(List.of("contacts", "companies", "metadata"));
        }
        return lead;
    }
}
