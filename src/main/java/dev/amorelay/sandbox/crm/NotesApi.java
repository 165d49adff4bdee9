package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.store.Criteria;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.Kind;
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

/** Notes of leads, contacts and companies (facts §4). */
@RequestMapping("/api/v4/{entity:leads|contacts|companies}")
public class NotesApi {

    private final Documents documents;
    private final Notes notes;

    /** Reads from {@code documents}, writes through {@code notes}. */
    public NotesApi(Documents documents, Notes notes) {
        this.documents = documents;
        this.notes = notes;
    }

    /** Adds notes to one entity; 404 when it is not there. */
    @PostMapping("/{id:\\d+}/notes")
    public ResponseEntity<JsonNode> add(@PathVariable("entity") String path, @PathVariable("id") long id,
                                        @RequestBody(required = false) byte[] body) {
        EntityType type = EntitiesApi.type(path);
        documents.find(type.kind(), id).orElseThrow(CrmProblem::notFound);
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode item : Items.batch(body, Query.MAX_LIMIT)) {
            items.add(item.isObject() ? ((ObjectNode) item.deepCopy()).put("entity_id", id) : item);
        }
        return created(type, items);
    }

    /** Adds notes to several entities, each names its {@code entity_id}. */
    @PostMapping("/notes")
    public ResponseEntity<JsonNode> addMany(@PathVariable("entity") String path, @RequestBody(required = false) byte[] body) {
        return created(EntitiesApi.type(path), Items.batch(body, Query.MAX_LIMIT));
    }

    /** Changes up to 250 notes, each names its {@code id}. */
    @PatchMapping("/notes")
    public ResponseEntity<JsonNode> updateMany(@PathVariable("entity") String path, @RequestBody(required = false) byte[] body) {
        EntityType type = EntitiesApi.type(path);
        List<ObjectNode> answers = new ArrayList<>();
        for (ObjectNode note : notes.update(type, Items.batch(body, Query.MAX_LIMIT))) {
            ObjectNode answer = Json.object().put("id", note.get("id").asLong()).put("entity_id", note.get("entity_id").asLong())
                    .put("updated_at", note.get("updated_at").asLong());
            answer.set("_links", links(type.path(), note));
            answers.add(answer);
        }
        return Hal.list("notes", answers);
    }

    /** @return notes of one entity; 204 for none */
    @GetMapping("/{id:\\d+}/notes")
    public ResponseEntity<JsonNode> list(@PathVariable("entity") String path, @PathVariable("id") long id,
                                         HttpServletRequest request) {
        documents.find(EntitiesApi.type(path).kind(), id).orElseThrow(CrmProblem::notFound);
        return page(path, new Criteria().oneOf("entity_id", List.of(id)), request);
    }

    /** @return notes of all entities of the type, by {@code filter[id]} and {@code filter[entity_id]} */
    @GetMapping("/notes")
    public ResponseEntity<JsonNode> listAll(@PathVariable("entity") String path, HttpServletRequest request) {
        Criteria criteria = new Criteria();
        Query query = Query.of(request);
        if (query.has("filter[entity_id]")) {
            criteria.oneOf("entity_id", query.numbers("filter[entity_id]"));
        }
        return page(path, criteria, request);
    }

    private ResponseEntity<JsonNode> page(String path, Criteria criteria, HttpServletRequest request) {
        Query query = Query.of(request);
        criteria.oneOfTexts("entity_type", List.of(path));
        if (query.has("filter[id]")) {
            criteria.ids(query.numbers("filter[id]"));
        }
        if (query.has("filter[note_type]")) {
            criteria.oneOfTexts("note_type", query.texts("filter[note_type]"));
        }
        criteria.between("updated_at", query.bound("filter[updated_at]", "from"), query.bound("filter[updated_at]", "to"));
        List<ObjectNode> found = documents.search(Kind.NOTE, criteria, query.order(), query.limit() + 1, query.offset());
        found.forEach(note -> {
            note.remove("entity_type");
            note.set("_links", links(path, note));
        });
        return Hal.page("notes", found, query);
    }

    private ResponseEntity<JsonNode> created(EntityType type, List<JsonNode> items) {
        List<ObjectNode> added = notes.add(type, items);
        List<ObjectNode> answers = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            ObjectNode answer = Json.object().put("id", added.get(i).get("id").asLong())
                    .put("entity_id", added.get(i).get("entity_id").asLong())
                    .put("request_id", Items.requestId(items.get(i), i));
            answer.set("_links", links(type.path(), added.get(i)));
            answers.add(answer);
        }
        return Hal.list("notes", answers);
    }

    private static ObjectNode links(String path, JsonNode note) {
        return Hal.self(path + "/" + note.get("entity_id").asLong() + "/notes", note.get("id").asLong());
    }
}
