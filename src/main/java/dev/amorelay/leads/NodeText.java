package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a JSON value says to a person. */
final class NodeText {

    private NodeText() {
    }

    /** @return the text, the number without exponent, the tree as JSON; null for nothing or blanks */
    static @Nullable String of(JsonNode node) {
        if (node == null || node.isMissingNode() || node.isNull()) {
            return null;
        }
        String text = node.isNumber() ? StoredJson.plain(node) : node.isValueNode() ? node.asText() : Json.write(node);
        return saysNothing(text) ? null : text;
    }

    /** @return like {@link #of}, but a list of simple values is joined by commas, and an empty tree says nothing */
    static String joined(JsonNode node) {
        if (node == null || !node.isContainerNode()) {
            return of(node);
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode element : node) {
            if (node.isObject() || element.isContainerNode()) {
                return Json.write(node);
            }
            String part = of(element);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    /** @return whether {@link #joined} has a text, told without writing a tree */
    static boolean says(JsonNode node) {
        if (node == null || !node.isContainerNode()) {
            return of(node) != null;
        }
        for (JsonNode element : node) {
            if (node.isObject() || element.isContainerNode() || of(element) != null) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysNothing(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
    }
}
