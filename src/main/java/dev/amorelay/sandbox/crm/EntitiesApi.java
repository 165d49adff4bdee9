package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.store.Criteria;
import dev.amorelay.sandbox.store.Documents;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** {@code /api/v4/leads}, {@code /contacts} and {@code /companies}: list, one, create, change (facts §3, §5). */
@RequestMapping("/api/v4/{entity:leads|contacts|companies}")
public class EntitiesApi {

    private final Documents documents;
    private final Entities entities;
    private final EntityView view;

    /** Reads from {@code documents}, writes through {@code entities}. */
    public EntitiesApi(Documents documents, Entities entities, Changes changes) {
        this.documents = documents;
        this.entities = entities;
        this.view = new EntityView(changes);
    }

    /** @return a page by {@code filter}, {@code query} and {@code order}; 204 for none */
    @GetMapping
    public ResponseEntity<JsonNode> list(@PathVariable("entity") String path, HttpServletRequest request) {
        EntityType type = type(path);
        Query query = Query.of(request);
        Criteria criteria = new Criteria();
        if (query.has("filter[id]")) {
            criteria.ids(query.numbers("filter[id]"));
        }
        for (String attribute : List.of("pipeline_id", "responsible_user_id", "price")) {
            if (query.has("filter[" + attribute + "]") && query.text("filter[" + attribute + "][from]").isEmpty()
                    && query.text("filter[" + attribute + "][to]").isEmpty()) {
                criteria.oneOf(attribute, query.numbers("filter[" + attribute + "]"));
            }
        }
        if (query.has("filter[price][from]") || query.has("filter[price][to]")) {
            criteria.between("price", query.bound("filter[price]", "from"), query.bound("filter[price]", "to"));
        }
        for (String attribute : List.of("updated_at", "created_at", "closed_at")) {
            String name = "filter[" + attribute + "]";
            criteria.between(attribute, query.bound(name, "from"), query.bound(name, "to"));
        }
        query.text("query").filter(text -> !text.isBlank()).ifPresent(criteria::text);
        List<ObjectNode> found = documents.search(type.kind(), criteria, query.order(), query.limit() + 1, query.offset());
        return Hal.page(path, found.stream().map(doc -> view.of(type, doc, query.with())).toList(), query);
    }

    /** @return one entity; 404 when there is none */
    @GetMapping("/{id:\\d+}")
    public ResponseEntity<JsonNode> one(@PathVariable("entity") String path, @PathVariable("id") long id, HttpServletRequest request) {
        EntityType type = type(path);
        ObjectNode doc = documents.find(type.kind(), id).orElseThrow(CrmProblem::notFound);
        return Hal.answer(200, view.of(type, doc, Query.of(request).with()));
    }

    /** Creates up to 250. */
    @PostMapping
    public ResponseEntity<JsonNode> create(@PathVariable("entity") String path, @RequestBody(required = false) byte[] body) {
        List<JsonNode> items = Items.batch(body, Query.MAX_LIMIT);
        List<ObjectNode> docs = entities.create(type(path), items);
        return Hal.list(path, answers(path, docs, items, false));
    }

    /** Changes up to 250. */
    @PatchMapping
    public ResponseEntity<JsonNode> update(@PathVariable("entity") String path, @RequestBody(required = false) byte[] body) {
        List<JsonNode> items = Items.batch(body, Query.MAX_LIMIT);
        return Hal.list(path, answers(path, entities.update(type(path), items), items, true));
    }

    /** Changes one. */
    @PatchMapping("/{id:\\d+}")
    public ResponseEntity<JsonNode> updateOne(@PathVariable("entity") String path, @PathVariable("id") long id,
                                              @RequestBody(required = false) byte[] body) {
        ObjectNode doc = entities.updateOne(type(path), id, Items.one(body));
        ObjectNode answer = Json.object().put("id", id);
        answer.set("updated_at", doc.get("updated_at"));
        answer.set("_links", Hal.self(path, id));
        return Hal.answer(200, answer);
    }

    private static List<ObjectNode> answers(String path, List<ObjectNode> docs, List<JsonNode> items, boolean updated) {
        List<ObjectNode> answers = new ArrayList<>();
        for (int i = 0; i < docs.size(); i++) {
            ObjectNode answer = Json.object().put("id", docs.get(i).get("id").asLong())
                    .put("request_id", Items.requestId(items.get(i), i));
            if (updated) {
                answer.set("updated_at", docs.get(i).get("updated_at"));
            }
            answer.set("_links", Hal.self(path, docs.get(i).get("id").asLong()));
            answers.add(answer);
        }
        return answers;
    }

    static EntityType type(String path) {
        return EntityType.of(path).orElseThrow(CrmProblem::notFound);
    }
}
