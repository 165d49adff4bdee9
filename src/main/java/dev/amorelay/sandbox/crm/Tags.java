package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.function.Predicate;

/** {@code _embedded.tags} replaces all tags; the incremental keys count only without it (facts §3.2). */
final class Tags {

    private Tags() {
    }

    static ArrayNode change(ArrayNode old, JsonNode item) {
        JsonNode embedded = item.path("_embedded").path("tags");
        ArrayNode tags = Json.array();
        if (!embedded.isMissingNode()) {
            embedded.forEach(tag -> add(tags, tag));
            return tags;
        }
        JsonNode gone = item.path("tags_to_delete");
        old.forEach(tag -> {
            if (Catalogue.stream(gone).noneMatch(same(tag))) {
                tags.add(tag);
            }
        });
        item.path("tags_to_add").forEach(tag -> add(tags, tag));
        return tags;
    }

    private static void add(ArrayNode tags, JsonNode given) {
        String name = given.path("name").asText("#" + given.path("id").asText());
        // the same name is the same tag everywhere; a number from the name spares a table of tags
        long id = given.path("id").asLong(100_000 + Math.floorMod(name.hashCode(), 900_000));
        ObjectNode tag = Json.object().put("id", id).put("name", name).putNull("color");
        if (Catalogue.stream(tags).noneMatch(same(tag))) {
            tags.add(tag);
        }
    }

    private static Predicate<JsonNode> same(JsonNode tag) {
        return other -> other.path("id").asLong(-1) == tag.get("id").asLong()
                || other.path("name").equals(tag.get("name"));
    }
}
