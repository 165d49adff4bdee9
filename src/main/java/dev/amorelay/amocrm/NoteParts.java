package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Texts of notes that amoCRM would refuse for their length (facts §4), in parts: between lines where there are any. */
final class NoteParts {

    /** Characters that amoCRM takes. */
    static final int LONGEST = 20_000;

    private NoteParts() {
    }

    /** @return the text, or its parts of up to {@value #LONGEST} characters, one after another */
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (text.length() - from > LONGEST) {
            int line = text.lastIndexOf('\n', from + LONGEST - 1) + 1;
            int end = line > from ? line : from + LONGEST;
            end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
            parts.add(text.substring(from, end).stripTrailing());
            from = end;
        }
        parts.add(text.substring(from));
        return parts.size() == 1 ? parts : parts.stream().filter(part -> !part.isBlank()).toList();
    }

    /**
     * Divides what is to be created.
     *
     * @param kind as in {@link CrmEntities#create}
     * @param items each with its {@code request_id}
     * @return the same; of a note that is too long the first part bears its {@code request_id}
     */
    static List<ObjectNode> divided(String kind, List<ObjectNode> items) {
        List<ObjectNode> all = new ArrayList<>();
        for (ObjectNode item : items) {
            JsonNode text = item.path("params").path("text");
            List<String> parts = kind.endsWith("/notes") && text.isTextual() ? of(text.asText()) : List.of();
            if (parts.size() < 2) {
                all.add(item);
                continue;
            }
            for (int i = 0; i < parts.size(); i++) {
                ObjectNode part = item.deepCopy();
                ((ObjectNode) part.path("params")).put("text", parts.get(i));
                all.add(i == 0 ? part : part.put("request_id", item.path("request_id").asText() + "/" + (i + 1)));
            }
        }
        return all;
    }
}
