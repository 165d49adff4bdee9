package dev.amorelay.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The one JSON mapper of the relay, and text in the form that PostgreSQL can hold. */
public final class Json {

    /** Exact decimals, so that a price read is the price written. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String NUL = "\\u0000";

    private Json() {
    }

    /**
     * Reads a JSON text.
     *
     * @param text JSON that we or a trusted table wrote
     * @return its tree; a missing node for null
     */
    public static JsonNode read(String text) {
        try {
            return text == null ? MAPPER.missingNode() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Writes a tree as compact JSON that a {@code jsonb} column accepts: NUL and halves of surrogate pairs, in texts and keys,
     * become U+FFFD. A text that merely shows such an escape stays as it is.
     *
     * @param node any tree
     * @return JSON text
     */
    public static String write(JsonNode node) {
        return withoutNul(storable(node.toString()));
    }

    /** A NUL is written as an escape, which jsonb refuses; the same six characters in a text have their backslash escaped. */
    private static String withoutNul(String json) {
        int nul = json.indexOf(NUL);
        if (nul < 0) {
            return json;
        }
        StringBuilder clean = new StringBuilder(json);
        // no escape begins outside a string, and none is shorter than two characters
        for (int i = json.indexOf('\\'); i >= 0; i = json.indexOf('\\', i + 2)) {
            if (json.startsWith(NUL, i)) {
                clean.replace(i, i + NUL.length(), "\\ufffd");
            }
        }
        return clean.toString();
    }

    /** @return an empty object */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @return an empty array */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * Replaces what PostgreSQL cannot store in a text: NUL and halves of surrogate pairs.
     *
     * @param text anything a stranger sent, or null
     * @return the same text with U+FFFD in their place
     */
    public static String storable(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(i, '\ufffd');
            }
        }
        return clean == null ? text : clean.toString();
    }
}
