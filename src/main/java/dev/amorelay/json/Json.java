package dev.amorelay.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one JSON mapper of the relay, and text in the form that PostgreSQL can hold. */
public final class Json {

    /** Exact decimals, so that a price read is the price written. For what others send: with Jackson's own bounds. */
    public static final JsonMapper MAPPER = mapper(StreamReadConstraints.defaults());

    /**
     * For what a table holds: whatever PostgreSQL can keep is read, in the digits that it prints. Only depth has a bound, the stack's;
     * see {@link StoredJson} for what is written.
     */
    private static final JsonMapper STORED = mapper(StreamReadConstraints.builder()
            .maxNestingDepth(1_000).maxNumberLength(200_000).maxNameLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE).build());

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() { };

    private static final String NUL = "\\u0000";

    private Json() {
    }

    private static JsonMapper mapper(StreamReadConstraints bounds) {
        // names are a stranger's: interned, they would stay for ever
        return new StrictMapper(JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).streamReadConstraints(bounds)
                .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(10_000).build()).build());
    }

    /**
     * Reads a JSON text.
     *
     * @param text JSON that we or a trusted table wrote
     * @return its tree; a missing node for null
     * @throws UnreadableJson when it is none, or deeper than a stack is
     */
    public static JsonNode read(String text) {
        try {
            return text == null ? MAPPER.missingNode() : STORED.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableJson("not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Reads an object as a map.
     *
     * @param text an object that a table holds
     * @return its fields
     * @throws UnreadableJson when it is none
     */
    public static Map<String, Object> map(String text) {
        try {
            Map<String, Object> fields = STORED.readValue(text, MAP);
            if (fields != null) {
                return fields;
            }
        } catch (JsonProcessingException | NumberFormatException | ArithmeticException e) {
            throw new UnreadableJson("not an object of JSON, or beyond what is read (" + e.getClass().getSimpleName() + ")");
        }
        throw new UnreadableJson("not an object of JSON, but null");
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
    public static String storable(@Nullable String text) {
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
