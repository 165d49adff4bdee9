package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is too much to be looked at field by field: it is kept as one text, and a remark tells so. Nobody fills in so much; a program
 * that sends it must not cost its neighbours seconds.
 */
final class FormRest {

    /** The field that the rest stands under. */
    static final String FIELD = "form_rest";

    /** The most values of a request, trees and lists counted: a cart of six hundred items has fewer. */
    static final int MOST_VALUES = 5_000;

    private FormRest() {
    }

    /** @return the remark on a form whose rest is kept as one text */
    static String remark(int most) {
        return "В заявке больше " + most + " значений: остальные записаны одним текстом, поле " + FIELD;
    }

    /** @return whether a tree has more values than are looked at; stops at the first too many */
    static boolean isTooMuch(JsonNode tree) {
        return count(tree, 0, MOST_VALUES) > MOST_VALUES;
    }

    /**
     * Moves what is too much into one text: fields that find no room, the request's own and those in {@code meta}, each whole. Texts and
     * numbers that a lead has of its own stay where they are.
     *
     * @param request is changed
     * @return whether it was too much
     */
    static boolean take(ObjectNode request) {
        if (!isTooMuch(request)) {
            return false;
        }
        ObjectNode rest = Json.object();
        int room = take(request, rest, MOST_VALUES / 2);
        if (request.get("meta") instanceof ObjectNode meta) {
            ObjectNode ofMeta = Json.object();
            take(meta, ofMeta, room + MOST_VALUES / 2);
            if (!ofMeta.isEmpty()) {
                rest.set("meta", ofMeta);
            }
        }
        JsonNode namesake = request.remove(FIELD);
        if (namesake != null) {
            rest.set(FIELD, namesake);
        }
        request.put(FIELD, Json.write(rest));
        return true;
    }

    /** Returns how much room is left. */
    private static int take(ObjectNode fields, ObjectNode rest, int most) {
        int room = most;
        List<String> moved = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            boolean own = MetaFields.OWN.contains(field.getKey()) && field.getValue().isValueNode();
            if (own || field.getKey().equals("meta") && field.getValue().isObject()) {
                continue;
            }
            int values = count(field.getValue(), 0, room);
            if (values <= room) {
                room -= values;
            } else {
                moved.add(field.getKey());
            }
        }
        moved.forEach(name -> rest.set(name, fields.get(name)));
        fields.remove(moved);
        return room;
    }

    private static int count(JsonNode node, int before, int most) {
        int count = before + 1;
        if (node.isContainerNode()) {
            for (JsonNode child : node) {
                if (count > most) {
                    return count;
                }
                count = count(child, count, most);
            }
        }
        return count;
    }
}
