package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.store.Documents;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Links between entities (facts §5). A link lies with the lead, or between contact and company with the contact,
 * from whichever side it was made.
 */
@RequestMapping("/api/v4/{entity:leads|contacts|companies}/{id:\\d+}")
public class LinksApi {

    private final Documents documents;
    private final Changes changes;

    /** Changes links through {@code changes}. */
    public LinksApi(Documents documents, Changes changes) {
        this.documents = documents;
        this.changes = changes;
    }

    /** One end of the wish. */
    private record Link(EntityType holder, long holderId, EntityType held, long heldId, boolean main) {
    }

    /** Links; answers the links made. */
    @PostMapping("/link")
    public ResponseEntity<JsonNode> link(@PathVariable("entity") String path, @PathVariable("id") long id,
                                         @RequestBody(required = false) byte[] body) {
        List<JsonNode> items = change(path, id, body, true);
        ObjectNode answer = Json.object().put("_total_items", items.size());
        ArrayNode links = answer.putObject("_embedded").putArray("links");
        items.forEach(item -> links.add(told(path, id, item)));
        return Hal.answer(200, answer);
    }

    /** Removes links; 204. */
    @PostMapping("/unlink")
    public ResponseEntity<JsonNode> unlink(@PathVariable("entity") String path, @PathVariable("id") long id,
                                           @RequestBody(required = false) byte[] body) {
        change(path, id, body, false);
        return Hal.nothing();
    }

    /** @return the links that lie with the entity */
    @GetMapping("/links")
    public ResponseEntity<JsonNode> links(@PathVariable("entity") String path, @PathVariable("id") long id) {
        EntityType type = EntitiesApi.type(path);
        ObjectNode doc = documents.find(type.kind(), id).orElseThrow(CrmProblem::notFound);
        ObjectNode answer = Json.object();
        ArrayNode links = answer.putObject("_embedded").putArray("links");
        for (EntityType held : List.of(EntityType.CONTACTS, EntityType.COMPANIES)) {
            doc.path(held.path()).forEach(link -> links.addObject().put("entity_id", id).put("entity_type", path)
                    .put("to_entity_id", link.get("id").asLong()).put("to_entity_type", held.path()));
        }
        return Hal.answer(200, answer.put("_total_items", links.size()));
    }

    private List<JsonNode> change(String path, long id, byte[] body, boolean link) {
        EntityType from = EntitiesApi.type(path);
        documents.find(from.kind(), id).orElseThrow(CrmProblem::notFound);
        List<JsonNode> items = Items.batch(body, Query.MAX_LIMIT);
        Items.validate(items, (item, violations) -> check(from, item, violations));
        changes.commit(told -> {
            items.forEach(item -> apply(link(from, id, item), link, told));
            return items;
        });
        return items;
    }

    private void check(EntityType from, JsonNode item, Violations violations) {
        EntityType to = EntityType.of(item.path("to_entity_type").asText()).orElse(null);
        if (to == null || to == from) {
            violations.notSupported("to_entity_type");
        } else if (!EntityRules.isLong(item.path("to_entity_id"))) {
            violations.wrongType("to_entity_id", "int");
        } else if (documents.find(to.kind(), item.get("to_entity_id").asLong()).isEmpty()) {
            violations.notSupported("to_entity_id");
        }
    }

    private static Link link(EntityType from, long id, JsonNode item) {
        EntityType to = EntityType.of(item.get("to_entity_type").asText()).orElseThrow();
        long toId = item.get("to_entity_id").asLong();
        boolean main = item.path("metadata").path("is_main").asBoolean();
        // the order of the constants is the order of who holds the link
        return from.ordinal() < to.ordinal() ? new Link(from, id, to, toId, main) : new Link(to, toId, from, id, main);
    }

    private void apply(Link link, boolean add, Changes.Told told) {
        ObjectNode holder = documents.lock(link.holder().kind(), List.of(link.holderId())).get(link.holderId());
        if (holder == null) {
            throw CrmProblem.notFound();
        }
        ObjectNode before = holder.deepCopy();
        ArrayNode links = Json.array();
        boolean oneOnly = link.held() == EntityType.COMPANIES;
        holder.path(link.held().path()).forEach(old -> {
            boolean same = old.get("id").asLong() == link.heldId();
            if (!same && !(add && oneOnly)) {
                links.add(add && link.main() ? ((ObjectNode) old).put("is_main", false) : old);
            }
        });
        if (add) {
            ObjectNode made = links.addObject().put("id", link.heldId());
            if (link.held() == EntityType.CONTACTS) {
                made.put("is_main", link.main() || links.size() == 1);
            }
        }
        holder.set(link.held().path(), links);
        EntityChange.touch(holder, Entities.now());
        documents.save(link.holder().kind(), List.of(holder));
        told.updated(link.holder(), before, holder, Entities.now());
    }

    private static ObjectNode told(String path, long id, JsonNode item) {
        ObjectNode link = Json.object().put("entity_id", id).put("entity_type", path);
        link.set("to_entity_id", item.get("to_entity_id"));
        link.set("to_entity_type", item.get("to_entity_type"));
        link.set("metadata", item.path("metadata").isObject() ? item.get("metadata") : null);
        return link;
    }
}
