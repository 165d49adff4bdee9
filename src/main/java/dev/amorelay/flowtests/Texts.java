package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;

/** JSON in a line that a person reads. */
final class Texts {

    private static final int LONGEST = 400;

    private Texts() {
    }

    /** The JSON, cut where it grows long. */
    static String brief(JsonNode node) {
        String text = node.isTextual() ? node.asText() : Json.write(node);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }
}
