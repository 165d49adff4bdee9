package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.List;
import java.util.Set;

/** The caller's own fields: {@code meta}, and every key of the request that is not one of ours. */
final class MetaFields {

    /** The keys that a lead has of its own. */
    static final Set<String> OWN = Set.of("source", "name", "phone", "email", "message", "meta");

    private MetaFields() {
    }

    /** @return meta as an object; what was no object stands under {@code value}, with a remark */
    static ObjectNode of(ObjectNode request, List<String> remarks) {
        ObjectNode meta = given(request.get("meta"), remarks);
        request.properties().forEach(field -> {
            if (!OWN.contains(field.getKey())) {
                keep(meta, field.getKey(), field.getValue());
            }
        });
        return meta;
    }

    private static ObjectNode given(JsonNode meta, List<String> remarks) {
        if (meta instanceof ObjectNode object) {
            return object.deepCopy();
        }
        if (NodeText.of(meta) == null) {
            return Json.object();
        }
        return JsonBody.inside(meta).orElseGet(() -> {
            remarks.add("Поле meta пришло не объектом, сохранено как есть");
            ObjectNode kept = Json.object();
            kept.set("value", meta);
            return kept;
        });
    }

    private static void keep(ObjectNode meta, String key, JsonNode value) {
        String free = key;
        for (int i = 2; meta.hasNonNull(free) && !meta.get(free).equals(value); i++) {
            free = key + "_" + i; // meta's own value stands, the other is not lost
        }
        meta.set(free, value);
    }
}
