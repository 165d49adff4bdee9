package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Answers in the account's HAL form (facts §3.1, §3.5). Used within a request: links carry its host. */
final class Hal {

    private static final String API = "/api/v4/";
    private static final MediaType TYPE = MediaType.valueOf("application/hal+json");

    private Hal() {
    }

    /** @return an answer with a body */
    static ResponseEntity<JsonNode> answer(int status, JsonNode body) {
        return ResponseEntity.status(status).contentType(TYPE).body(body);
    }

    /** @return 204 */
    static ResponseEntity<JsonNode> nothing() {
        return ResponseEntity.noContent().build();
    }

    /**
     * A page of a list; 204 without a body when it is empty (facts §2).
     *
     * @param items up to {@code limit + 1} of them: the one too many tells that there is a next page
     */
    static ResponseEntity<JsonNode> page(String name, List<? extends JsonNode> items, Query query) {
        if (items.isEmpty()) {
            return nothing();
        }
        ObjectNode body = Json.object().put("_page", query.page());
        ObjectNode links = body.putObject("_links");
        links.putObject("self").put("href", here(query.page(), query.limit()));
        if (items.size() > query.limit()) {
            links.putObject("next").put("href", here(query.page() + 1, query.limit()));
        }
        ArrayNode list = body.putObject("_embedded").putArray(name);
        items.stream().limit(query.limit()).forEach(list::add);
        return answer(200, body);
    }

    /** @return the answer to a create or a batch update */
    static ResponseEntity<JsonNode> list(String name, List<ObjectNode> items) {
        ObjectNode body = Json.object();
        body.putObject("_links").putObject("self").put("href", ServletUriComponentsBuilder.fromCurrentRequestUri().toUriString());
        ArrayNode list = body.putObject("_embedded").putArray(name);
        items.forEach(list::add);
        return answer(200, body);
    }

    /** @return {@code {"self":{"href":…}}} of {@code /api/v4/{path}/{id}} */
    static ObjectNode self(String path, long id) {
        ObjectNode links = Json.object();
        String called = ServletUriComponentsBuilder.fromCurrentRequestUri().toUriString();
        links.putObject("self").put("href", called.substring(0, called.indexOf(API)) + API + path + "/" + id);
        return links;
    }

    private static String here(int page, int limit) {
        return ServletUriComponentsBuilder.fromCurrentRequest().replaceQueryParam("page", page)
                .replaceQueryParam("limit", limit).build().toUriString().replace("[", "%5B").replace("]", "%5D");
    }
}
