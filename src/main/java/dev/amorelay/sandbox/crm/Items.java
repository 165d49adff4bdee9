package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The items of a request body, and the rule that one bad item means nothing is saved (facts §3.5). */
public final class Items {

    private Items() {
    }

    /**
     * A batch: always an array, even for one entity (facts §3.2).
     *
     * @param limit more items than this are a 422
     */
    public static List<JsonNode> batch(byte[] body, int limit) {
        JsonNode read = read(body);
        if (!read.isArray()) {
            throw CrmProblem.badRequest("Request data must be an array of entities");
        }
        if (read.isEmpty()) {
            throw CrmProblem.badRequest("Request data can not be empty");
        }
        if (read.size() > limit) {
            throw CrmProblem.tooMany(limit);
        }
        List<JsonNode> items = new ArrayList<>();
        read.forEach(items::add);
        return items;
    }

    /** One entity: an object. */
    public static JsonNode one(byte[] body) {
        JsonNode read = read(body);
        if (!read.isObject()) {
            throw CrmProblem.badRequest("Request data must be an object");
        }
        return read;
    }

    private static JsonNode read(byte[] body) {
        if (body == null || body.length == 0) {
            throw CrmProblem.badRequest("Request data can not be empty");
        }
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw CrmProblem.badRequest("Request body is not valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the check on each item; throws the 400 that names all that is wrong in all of them. */
    public static void validate(List<JsonNode> items, BiConsumer<JsonNode, Violations> check) {
        ArrayNode wrong = Json.array();
        for (int i = 0; i < items.size(); i++) {
            Violations violations = new Violations();
            check.accept(items.get(i), violations);
            if (!violations.errors().isEmpty()) {
                wrong.addObject().put("request_id", requestId(items.get(i), i)).set("errors", violations.errors());
            }
        }
        if (!wrong.isEmpty()) {
            throw CrmProblem.invalid(wrong);
        }
    }

    /** @return the item's {@code request_id}, or its position, as a string (facts §3.2) */
    public static String requestId(JsonNode item, int position) {
        return item.path("request_id").asText(Integer.toString(position));
    }
}
