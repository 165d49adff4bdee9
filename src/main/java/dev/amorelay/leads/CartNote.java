package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The ordered parts, for {@code lead/note-cart.ftl}. Items of any shape give a line. */
final class CartNote {

    /** The keys of meta that stand in the note. */
    static final Set<String> SHOWN = Set.of("items", "total");

    private CartNote() {
    }

    /**
     * Reads the cart.
     *
     * @return {@code items} of {@code {text}} or {@code {name, id, quantity, price, sum, details, code}}, each on one line; {@code total} as it
     *     was told, else the lead's price
     */
    static Map<String, Object> of(Lead lead) {
        Map<String, Object> cart = new LinkedHashMap<>();
        cart.put("items", items(lead.meta().path("items")));
        String total = NodeText.joined(lead.meta().get("total"));
        LeadFacts.put(cart, "total", total != null ? Lines.one(total) : lead.price() > 0 ? String.valueOf(lead.price()) : null);
        return cart;
    }

    private static List<Map<String, Object>> items(JsonNode items) {
        List<Map<String, Object>> lines = new ArrayList<>();
        if (items.isValueNode() || items.has("name")) {
            add(lines, items);
        } else {
            items.forEach(item -> add(lines, item));
        }
        return lines;
    }

    private static void add(List<Map<String, Object>> lines, JsonNode item) {
        Map<String, Object> line = new LinkedHashMap<>();
        if (item.isObject()) {
            List.of("name", "id", "quantity", "price", "sum", "code").forEach(key -> LeadFacts.put(line, key, said(item, key)));
            line.put("details", details(item));
            lines.add(line);
        } else if (NodeText.joined(item) != null) {
            line.put("text", Lines.one(NodeText.joined(item)));
            lines.add(line);
        }
    }

    /** Colour, size: {@code options} of {@code {option, variant}} or {@code {name, value}}. */
    private static List<String> details(JsonNode item) {
        List<String> details = new ArrayList<>();
        if (item.path("options").isContainerNode()) {
            item.get("options").forEach(option -> {
                String what = Stream.of("option", "name", "title").map(key -> said(option, key)).filter(Objects::nonNull).findFirst().orElse(null);
                String which = Stream.of("variant", "value").map(key -> said(option, key)).filter(Objects::nonNull).findFirst().orElse(null);
                String text = option.isValueNode() ? NodeText.of(option) : what == null ? which : which == null ? what : what + ": " + which;
                if (text != null) {
                    details.add(Lines.one(text));
                }
            });
        } else if (said(item, "options") != null) {
            details.add(said(item, "options"));
        }
        return details;
    }

    private static String said(JsonNode item, String field) {
        String text = NodeText.joined(item.get(field));
        return text == null ? null : Lines.one(text);
    }
}
