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

/** {@code /api/v4/tasks} (facts §5). */
@RequestMapping("/api/v4/tasks")
public class TasksApi {

    private final Documents documents;
    private final Tasks tasks;

    /** Reads from {@code documents}, writes through {@code tasks}. */
    public TasksApi(Documents documents, Tasks tasks) {
        this.documents = documents;
        this.tasks = tasks;
    }

    /** @return a page by {@code filter[id]}, {@code filter[entity_id]}, {@code filter[entity_type]}, {@code filter[is_completed]} */
    @GetMapping
    public ResponseEntity<JsonNode> list(HttpServletRequest request) {
        Query query = Query.of(request);
        Criteria criteria = new Criteria();
        if (query.has("filter[id]")) {
            criteria.ids(query.numbers("filter[id]"));
        }
        if (query.has("filter[entity_id]")) {
            criteria.oneOf("entity_id", query.numbers("filter[entity_id]"));
        }
        if (query.has("filter[entity_type]")) {
            criteria.oneOfTexts("entity_type", query.texts("filter[entity_type]"));
        }
        if (query.has("filter[is_completed]")) {
            criteria.oneOfTexts("is_completed", List.of(query.texts("filter[is_completed]").contains("1") ? "true" : "false"));
        }
        List<ObjectNode> found = documents.search(Kind.TASK, criteria, query.order(), query.limit() + 1, query.offset());
        found.forEach(TasksApi::link);
        return Hal.page("tasks", found, query);
    }

    /** @return one task; 404 when there is none */
    @GetMapping("/{id:\\d+}")
    public ResponseEntity<JsonNode> one(@PathVariable("id") long id) {
        return Hal.answer(200, link(documents.find(Kind.TASK, id).orElseThrow(CrmProblem::notFound)));
    }

    /** Creates up to 250; {@code text} and {@code complete_till} are required. */
    @PostMapping
    public ResponseEntity<JsonNode> create(@RequestBody(required = false) byte[] body) {
        List<JsonNode> items = Items.batch(body, Query.MAX_LIMIT);
        return Hal.list("tasks", answers(tasks.create(items), items, false));
    }

    /** Changes up to 250. */
    @PatchMapping
    public ResponseEntity<JsonNode> update(@RequestBody(required = false) byte[] body) {
        List<JsonNode> items = Items.batch(body, Query.MAX_LIMIT);
        return Hal.list("tasks", answers(tasks.update(items), items, true));
    }

    /** Changes one, for example {@code {"is_completed":true,"result":{"text":…}}}. */
    @PatchMapping("/{id:\\d+}")
    public ResponseEntity<JsonNode> updateOne(@PathVariable("id") long id, @RequestBody(required = false) byte[] body) {
        documents.find(Kind.TASK, id).orElseThrow(CrmProblem::notFound);
        List<JsonNode> items = List.of(((ObjectNode) Items.one(body)).put("id", id));
        ObjectNode answer = answers(tasks.update(items), items, true).get(0);
        answer.remove("request_id");
        return Hal.answer(200, answer);
    }

    private static List<ObjectNode> answers(List<ObjectNode> docs, List<JsonNode> items, boolean updated) {
        List<ObjectNode> answers = new ArrayList<>();
        for (int i = 0; i < docs.size(); i++) {
            ObjectNode answer = Json.object().put("id", docs.get(i).get("id").asLong())
                    .put("request_id", Items.requestId(items.get(i), i));
            if (updated) {
                answer.set("updated_at", docs.get(i).get("updated_at"));
            }
            answers.add(link(answer));
        }
        return answers;
    }

    private static ObjectNode link(ObjectNode task) {
        task.set("_links", Hal.self("tasks", task.get("id").asLong()));
        return task;
    }
}
