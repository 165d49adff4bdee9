package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a form said.
 *
 * @param label what the form calls it, for people
 * @param path where it stood, steps divided by dots
 * @param field our field; null where the name is not known
 * @param own whether the form called it by our own name
 * @param value what was said: a text, a number, a list of them, or a tree of its own
 */
record SaidField(String label, String path, @Nullable String field, boolean own, JsonNode value) {

    boolean is(String name) {
        return name.equals(field);
    }

    /** @return the value as a text; null where it says nothing */
    @Nullable String text() {
        return NodeText.joined(value);
    }

    /** @return each of the values as it came */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(one -> texts.add(NodeText.of(one)));
        } else {
            texts.add(NodeText.of(value));
        }
        texts.removeIf(Objects::isNull);
        return texts;
    }
}
