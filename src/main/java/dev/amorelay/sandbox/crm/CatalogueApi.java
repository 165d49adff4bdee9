package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** The account, its users, pipelines and custom fields (facts §5). */
@RequestMapping("/api/v4")
public class CatalogueApi {

    private final Catalogue catalogue;

    /** @param catalogue what the account is set up with */
    public CatalogueApi(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @return the account; {@code with=datetime_settings,task_types,is_api_filter_enabled,version} adds to it */
    @GetMapping("/account")
    public ResponseEntity<JsonNode> account(HttpServletRequest request) {
        List<String> with = Query.of(request).with();
        ObjectNode account = catalogue.account();
        account.remove("time_zone");
        if (with.contains("version")) {
            account.put("version", 12);
        }
        if (with.contains("is_api_filter_enabled")) {
            account.put("is_api_filter_enabled", true);
        }
        ObjectNode embedded = account.putObject("_embedded");
        if (with.contains("datetime_settings")) {
            embedded.putObject("datetime_settings").put("date_pattern", "d.m.Y H:i").put("short_date_pattern", "d.m.Y")
                    .put("timezone", catalogue.zone().getId())
                    .put("timezone_offset", catalogue.zone().getRules().getOffset(Instant.now()).getId());
        }
        if (with.contains("task_types")) {
            ArrayNode types = embedded.putArray("task_types");
            types.addObject().put("id", 1).put("name", "Связаться").put("code", "FOLLOW_UP");
            types.addObject().put("id", 2).put("name", "Встреча").put("code", "MEETING");
        }
        return Hal.answer(200, account);
    }

    /** @return users, a page of them */
    @GetMapping("/users")
    public ResponseEntity<JsonNode> users(HttpServletRequest request) {
        return page("users", catalogue.users(), request);
    }

    /** @return one user */
    @GetMapping("/users/{id:\\d+}")
    public ResponseEntity<JsonNode> user(@PathVariable("id") long id) {
        return Hal.answer(200, catalogue.users().stream().filter(user -> user.get("id").asLong() == id).findFirst()
                .orElseThrow(CrmProblem::notFound));
    }

    /** @return pipelines with their stages in {@code _embedded.statuses} */
    @GetMapping("/leads/pipelines")
    public ResponseEntity<JsonNode> pipelines(HttpServletRequest request) {
        return page("pipelines", catalogue.pipelines().stream().map(this::pipeline).toList(), request);
    }

    /** @return one pipeline */
    @GetMapping("/leads/pipelines/{id:\\d+}")
    public ResponseEntity<JsonNode> onePipeline(@PathVariable("id") long id) {
        return Hal.answer(200, pipeline(catalogue.pipeline(id).orElseThrow(CrmProblem::notFound)));
    }

    /** @return stages of one pipeline */
    @GetMapping("/leads/pipelines/{id:\\d+}/statuses")
    public ResponseEntity<JsonNode> stages(@PathVariable("id") long id, HttpServletRequest request) {
        JsonNode pipeline = pipeline(catalogue.pipeline(id).orElseThrow(CrmProblem::notFound));
        return page("statuses", Catalogue.stream(pipeline.at("/_embedded/statuses")).toList(), request);
    }

    /** @return custom fields of the entity, 50 a page unless told otherwise */
    @GetMapping("/{entity:leads|contacts|companies}/custom_fields")
    public ResponseEntity<JsonNode> fields(@PathVariable("entity") String path, HttpServletRequest request) {
        List<ObjectNode> fields = catalogue.fields(EntitiesApi.type(path)).stream().map(field -> {
            ObjectNode view = field.deepCopy();
            boolean system = view.path("code").isTextual();
            view.put("entity_type", path).put("account_id", catalogue.accountId()).put("is_predefined", system)
                    .put("is_deletable", !system).put("is_api_only", false).putNull("group_id");
            view.putArray("required_statuses");
            if (!view.has("enums")) {
                view.putNull("enums");
            }
            view.set("_links", Hal.self(path + "/custom_fields", view.get("id").asLong()));
            return view;
        }).toList();
        return page("custom_fields", fields, request);
    }

    /** Makes custom fields: an array of {@code {name, type}}; answers their ids. */
    @PostMapping("/{entity:leads|contacts|companies}/custom_fields")
    public ResponseEntity<JsonNode> makeFields(@PathVariable("entity") String path, @RequestBody JsonNode body) {
        if (!body.isArray() || body.isEmpty()) {
            throw CrmProblem.badRequest("Request data can not be empty");
        }
        ObjectNode answer = Json.object();
        ArrayNode made = answer.putObject("_embedded").putArray("custom_fields");
        body.forEach(field -> made.add(catalogue.addField(EntitiesApi.type(path), field)));
        return Hal.answer(200, answer);
    }

    private ObjectNode pipeline(JsonNode stored) {
        ObjectNode view = stored.deepCopy();
        view.remove("statuses");
        view.put("account_id", catalogue.accountId());
        ArrayNode statuses = view.putObject("_embedded").putArray("statuses");
        stored.get("statuses").forEach(stage -> statuses.add(((ObjectNode) stage.deepCopy())
                .put("pipeline_id", stored.get("id").asLong()).put("account_id", catalogue.accountId())));
        view.set("_links", Hal.self("leads/pipelines", stored.get("id").asLong()));
        return view;
    }

    private static ResponseEntity<JsonNode> page(String name, List<? extends JsonNode> all, HttpServletRequest request) {
        Query query = Query.of(request);
        return Hal.page(name, all.stream().skip(query.offset()).limit(query.limit() + 1L).toList(), query);
    }
}
