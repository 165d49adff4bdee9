package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.hooks.Subscriptions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** {@code /api/v4/webhooks} (facts §5.1). */
@RequestMapping("/api/v4/webhooks")
public class WebhooksApi {

    private final Subscriptions subscriptions;

    /** @param subscriptions the account's */
    public WebhooksApi(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** @return all subscriptions, or by {@code filter[destination]}; 204 for none */
    @GetMapping
    public ResponseEntity<JsonNode> list(HttpServletRequest request) {
        List<ObjectNode> found = subscriptions.list(Query.of(request).text("filter[destination]"));
        if (found.isEmpty()) {
            return Hal.nothing();
        }
        ObjectNode body = Json.object().put("_total_items", found.size());
        ArrayNode list = body.putObject("_embedded").putArray("webhooks");
        found.forEach(doc -> list.add(view(doc)));
        return Hal.answer(200, body);
    }

    /** Adds {@code {"destination", "settings":[codes], "sort"}}, or replaces the one with this address; 201. */
    @PostMapping
    public ResponseEntity<JsonNode> add(@RequestBody(required = false) byte[] body) {
        JsonNode wish = Items.one(body);
        Items.validate(List.of(wish), WebhooksApi::check);
        Set<String> settings = new LinkedHashSet<>();
        wish.get("settings").forEach(code -> settings.add(code.asText()));
        ObjectNode doc = subscriptions.put(wish.get("destination").asText(), settings, wish.path("sort").asLong(0), false);
        return Hal.answer(201, view(doc));
    }

    /** Removes {@code {"destination"}}, which comes in the body; 204, 404 for an unknown one. */
    @DeleteMapping
    public ResponseEntity<JsonNode> remove(@RequestBody(required = false) byte[] body) {
        if (!subscriptions.remove(Items.one(body).path("destination").asText())) {
            throw CrmProblem.notFound();
        }
        return Hal.nothing();
    }

    private static void check(JsonNode wish, Violations violations) {
        if (!wish.has("destination")) {
            violations.missing("destination");
        } else if (!wish.get("destination").asText().matches("https?://\\S+")) {
            violations.notSupported("destination");
        }
        if (!wish.path("settings").isArray() || wish.path("settings").isEmpty()) {
            violations.missing("settings");
        }
        for (int i = 0; i < wish.path("settings").size(); i++) {
            if (!Subscriptions.CODES.contains(wish.get("settings").get(i).asText())) {
                violations.notSupported("settings." + i);
            }
        }
    }

    private static ObjectNode view(ObjectNode doc) {
        ObjectNode view = doc.deepCopy();
        view.remove("own");
        return view;
    }
}
