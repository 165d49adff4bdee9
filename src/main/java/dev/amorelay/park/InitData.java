package dev.amorelay.park;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Telegram signs: {@code Telegram.WebApp.initData}, and the answer to {@code requestContact}, which has the same form.
 *
 * @param fields decoded, by name, in the order of the names
 */
public record InitData(Map<String, String> fields) {

    private static final int LONGEST = 16_000;

    /**
     * Reads it, without believing a word.
     *
     * @param raw a query string: {@code query_id=…&user=%7B…%7D&auth_date=1662771648&signature=…&hash=…}
     * @return its fields
     * @throws NotSignedIn when a field comes twice, or it is no query string
     */
    static InitData read(String raw) {
        if (raw == null || raw.isBlank() || raw.length() > LONGEST) {
            throw NotSignedIn.unsigned("no init data, or far too much of it");
        }
        Map<String, String> fields = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw NotSignedIn.unsigned("init data is no query string");
            }
            String name = decoded(pair.substring(0, equals));
            String value = decoded(pair.substring(equals + 1));
            // a line break within a field would read like the end of it in what is signed
            if (name.indexOf('\n') >= 0 || value.indexOf('\n') >= 0) {
                throw NotSignedIn.unsigned("a field of init data with a line break in it");
            }
            if (fields.put(name, value) != null) {
                throw NotSignedIn.unsigned("a field of init data comes twice");
            }
        }
        return new InitData(Collections.unmodifiableMap(fields));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw NotSignedIn.unsigned("init data is not well escaped");
        }
    }

    /** @return what Telegram signs: a line a field, in the order of the names; all but {@code hash}, {@code signature} too */
    String signed() {
        return fields.entrySet().stream().filter(field -> !field.getKey().equals("hash"))
                .map(field -> field.getKey() + "=" + field.getValue()).collect(Collectors.joining("\n"));
    }

    /** @return when it was signed, by Telegram's clock */
    Instant signedAt() {
        String seconds = fields.getOrDefault("auth_date", "");
        if (!seconds.matches("\\d{1,11}")) {
            throw NotSignedIn.unsigned("init data without a date");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    /** @return Telegram's user {@code {id, first_name, last_name, …}} */
    JsonNode user() {
        return object("user");
    }

    /**
     * A field that holds an object.
     *
     * @param field its name
     * @return the object
     * @throws NotSignedIn when there is none
     */
    JsonNode object(String field) {
        try {
            JsonNode tree = Json.MAPPER.readTree(fields.getOrDefault(field, ""));
            if (tree.isObject()) {
                return tree;
            }
        } catch (JsonProcessingException e) {
            // the same as no object
        }
        throw NotSignedIn.unsigned("init data without " + field);
    }
}
