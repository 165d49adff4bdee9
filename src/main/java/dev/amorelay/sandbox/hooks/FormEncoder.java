package dev.amorelay.sandbox.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes a tree as PHP's {@code http_build_query} does, which is how amoCRM writes its webhooks (facts §6.1). */
public final class FormEncoder {

    private FormEncoder() {
    }

    /**
     * Encodes a tree.
     *
     * @param tree an object; nested objects and arrays become bracketed keys, nulls are left out as PHP does
     * @return {@code application/x-www-form-urlencoded} text in the order of the tree, brackets encoded
     */
    public static String encode(JsonNode tree) {
        StringBuilder form = new StringBuilder();
        tree.fields().forEachRemaining(entry -> write(encoded(entry.getKey()), entry.getValue(), form));
        return form.toString();
    }

    private static void write(String key, JsonNode value, StringBuilder form) {
        if (value.isObject()) {
            value.fields().forEachRemaining(entry -> write(bracketed(key, entry.getKey()), entry.getValue(), form));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                write(bracketed(key, Integer.toString(i)), value.get(i), form);
            }
        } else if (!value.isNull()) {
            form.append(form.isEmpty() ? "" : "&").append(key).append('=').append(encoded(scalar(value)));
        }
    }

    private static String bracketed(String key, String inner) {
        return key + "%5B" + encoded(inner) + "%5D";
    }

    private static String scalar(JsonNode value) {
        return value.isBoolean() ? (value.asBoolean() ? "1" : "0") : value.asText();
    }

    private static String encoded(String text) {
        // the one character that Java leaves and PHP does not
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
    }
}
