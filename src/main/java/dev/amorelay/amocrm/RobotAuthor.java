package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The relay writes as a robot, whose number is 0: without a word about its author a write counts as the token's owner's, and the event
 * log could not tell what people have written from what only a form has told (facts §3.2).
 */
final class RobotAuthor {

    private static final long ROBOT = 0;
    private static final Pattern ENTITIES = Pattern.compile(
            "/api/v4/(?:(?:leads|contacts|companies)(?:/\\d+)?(?:/notes)?(?:/\\d+)?|leads/complex|tasks(?:/\\d+)?)");

    private RobotAuthor() {
    }

    /**
     * Signs what a call writes. An author that a flow has named stays.
     *
     * @param call any call
     * @return its body; a copy of it, where it creates or changes entities
     */
    static JsonNode sign(CrmCall call) {
        Matcher path = ENTITIES.matcher(call.path());
        if (!call.writes() || call.body() == null || !path.matches()) {
            return call.body();
        }
        if (call.body() instanceof ObjectNode one) {
            return signed(one, call.creates());
        }
        ArrayNode items = Json.array();
        call.body().forEach(item -> items.add(item instanceof ObjectNode one ? signed(one, call.creates()) : item));
        return items;
    }

    private static ObjectNode signed(ObjectNode item, boolean isNew) {
        ObjectNode signed = item.deepCopy();
        by(signed, isNew);
        for (String inner : List.of("contacts", "companies")) {
            // made together with their lead; one that is only linked bears an id
            signed.path("_embedded").path(inner).forEach(one -> {
                if (one instanceof ObjectNode made && !made.has("id")) {
                    by(made, isNew);
                }
            });
        }
        return signed;
    }

    private static void by(ObjectNode item, boolean isNew) {
        if (isNew && !item.has("created_by")) {
            item.put("created_by", ROBOT);
        }
        if (!item.has("updated_by")) {
            item.put("updated_by", ROBOT);
        }
    }
}
