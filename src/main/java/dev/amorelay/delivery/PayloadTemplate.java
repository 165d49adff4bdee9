package dev.amorelay.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.work.Refused;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose values may be functions, <code>{"lead": "${body[id]}", "text": "Звонил ${body[name]}"}</code>. It is read before the
 * functions are: whatever stands in a name, a quote or a bracket, it stays a value. A value that is one function keeps its type, a number stays
 * a number, and one that gives nothing is left out.
 */
public final class PayloadTemplate {

    /** Before a function that stood bare: what it gives is a number where it looks like one. */
    private static final String BARE = "\u0001";
    private static final Pattern SCALAR = Pattern.compile("-?(?:0|[1-9]\\d{0,17})(?:\\.\\d{1,9})?|true|false");
    private static final Pattern ONE_FUNCTION = Pattern.compile("\\s*\\$\\{(?:[^{}]|\\{[^{}]*})*}\\s*");
    /** A text of JSON, or a function that stands bare. */
    private static final Pattern PIECE = Pattern.compile(
            "(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<bare>\\$\\{(?:[^{}]|\\{[^{}]*})*})", Pattern.DOTALL);

    private PayloadTemplate() {
    }

    /** @return whether a text is one */
    public static boolean isOne(@Nullable String text) {
        return text != null && text.strip().startsWith("{");
    }

    /**
     * Reads one, with the functions in it as texts.
     *
     * @param text a JSON object; a function may stand bare in place of a value
     * @return the object
     * @throws Refused where it is no JSON
     */
    public static JsonNode read(String text) {
        Matcher pieces = PIECE.matcher(text);
        String quoted = pieces.replaceAll(piece -> Matcher.quoteReplacement(pieces.group("text") != null ? piece.group()
                : Json.write(Json.MAPPER.getNodeFactory().textNode(BARE + piece.group()))));
        try {
            return Json.MAPPER.readTree(quoted);
        } catch (JsonProcessingException e) {
            throw new Refused("a payload that begins with { is a JSON object: look at its quotes and commas");
        }
    }

    /**
     * Fills one.
     *
     * @param template as {@link #read} gives it
     * @param value tells what a function gives; null for nothing
     * @param text tells a text with functions in it
     * @return the same object with values
     */
    static JsonNode filled(JsonNode template, Function<String, @Nullable Object> value, Function<String, String> text) {
        if (template.isObject()) {
            ObjectNode object = Json.object();
            template.fields().forEachRemaining(one -> {
                JsonNode filled = filled(one.getValue(), value, text);
                if (!filled.isNull()) {
                    object.set(one.getKey(), filled);
                }
            });
            return object;
        }
        if (template.isArray()) {
            ArrayNode array = Json.array();
            template.forEach(one -> array.add(filled(one, value, text)));
            return array;
        }
        if (!template.isTextual() || !template.textValue().contains("${")) {
            return template;
        }
        String told = template.textValue();
        if (told.startsWith(BARE)) {
            JsonNode bare = Json.MAPPER.valueToTree(value.apply(told.substring(BARE.length())));
            return bare.isTextual() && SCALAR.matcher(bare.textValue()).matches() ? Json.read(bare.textValue()) : bare;
        }
        return ONE_FUNCTION.matcher(told).matches() ? Json.MAPPER.valueToTree(value.apply(told.strip()))
                : Json.MAPPER.getNodeFactory().textNode(text.apply(told));
    }
}
