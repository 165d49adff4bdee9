package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The ordered parts, in the text that managers know. Items of any shape give a line. */
final class CartNote {

    static final String TITLE = "🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):";

    /** The keys of meta that stand in the note. */
    static final Set<String> SHOWN = Set.of("items", "total");

    private static final Set<String> ORDERS = Set.of(LeadSource.CART, LeadSource.BOT_ORDER);

    private CartNote() {
    }

    /** @return the note; empty for a lead that orders nothing */
    static Optional<String> of(Lead lead) {
        List<String> lines = items(lead.meta().path("items"));
        String total = total(lead);
        if (lines.isEmpty() && (total == null || !ORDERS.contains(lead.source()))) {
            return Optional.empty();
        }
        lines.add("ИТОГО: " + (total == null ? "не указано" : total));
        return Optional.of(TITLE + "\n" + String.join("\n", lines));
    }

    private static List<String> items(JsonNode items) {
        List<String> lines = new ArrayList<>();
        if (items.isValueNode() || items.has("name")) {
            add(lines, items);
        } else {
            items.forEach(item -> add(lines, item));
        }
        return lines;
    }

    private static void add(List<String> lines, JsonNode item) {
        String text = item.isObject() ? line(item) : NodeText.joined(item);
        if (text != null) {
            lines.add("- " + Lines.one(text));
        }
    }

    private static String line(JsonNode item) {
        String name = said(item, "name");
        String id = said(item, "id");
        String quantity = said(item, "quantity");
        String price = said(item, "price");
        String sum = said(item, "sum");
        return (name != null ? name : id != null ? "№ " + id : "Без названия") + details(item)
                + " (x" + (quantity == null ? "1" : quantity) + ") — "
                + (price != null ? roubles(price) : sum != null ? "всего " + roubles(sum) : "цена не указана");
    }

    /** Colour, size, article: {@code options} of {@code {option, variant}} or {@code {name, value}}, and the code. */
    private static String details(JsonNode item) {
        List<String> details = new ArrayList<>();
        if (item.path("options").isContainerNode()) {
            item.get("options").forEach(option -> {
                String what = Stream.of("option", "name", "title").map(key -> said(option, key)).filter(Objects::nonNull).findFirst().orElse(null);
                String which = Stream.of("variant", "value").map(key -> said(option, key)).filter(Objects::nonNull).findFirst().orElse(null);
                String text = option.isValueNode() ? NodeText.of(option) : what == null ? which : which == null ? what : what + ": " + which;
                if (text != null) {
                    details.add(text);
                }
            });
        } else if (said(item, "options") != null) {
            details.add(said(item, "options"));
        }
        if (said(item, "code") != null) {
            details.add("арт. " + said(item, "code"));
        }
        return details.isEmpty() ? "" : " (" + String.join(", ", details) + ")";
    }

    private static String total(Lead lead) {
        String total = NodeText.joined(lead.meta().get("total"));
        if (total != null) {
            return roubles(Lines.one(total));
        }
        return lead.price() > 0 ? lead.price() + " ₽" : null;
    }

    private static String said(JsonNode item, String field) {
        return NodeText.joined(item.get(field));
    }

    /** The sign goes after a number only: "1 500,75 ₽" and "по запросу" stay as they came. */
    private static String roubles(String amount) {
        char last = amount.charAt(amount.length() - 1);
        return Character.isDigit(last) ? amount + " ₽" : amount;
    }
}
