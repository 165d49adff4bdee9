package dev.amorelay.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A wish that something goes wrong.
 *
 * @param kind what
 * @param percent share of the calls in scope, 0–100
 * @param count so often at most; 0 = no end
 * @param scope which calls
 * @param seed the same seed gives the same sequence of hits
 * @param options numbers and texts that some kinds take
 */
public record Fault<K extends Enum<K>>(K kind, double percent, long count, Scope scope, long seed, ObjectNode options) {

    private static final Set<String> COMMON = Set.of("fault", "percent", "count", "on", "seed", "at", "account");
    private static final Set<String> OPTIONS = Set.of("ms", "bytes", "ids", "retry_after", "chat_id", "to", "path", "code", "detail");

    /**
     * Reads {@code {"fault", "percent", "count", "on", "seed", …}}; all but the first may be left out.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static <K extends Enum<K>> Fault<K> parse(JsonNode wish, Class<K> kinds) {
        String name = wish.path("fault").asText();
        K kind = Arrays.stream(kinds.getEnumConstants()).filter(known -> word(known).equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault must be one of " + words(kinds)));
        ObjectNode options = Json.object();
        for (Iterator<String> keys = wish.fieldNames(); keys.hasNext();) {
            String key = keys.next();
            if (OPTIONS.contains(key)) {
                options.set(key, wish.get(key));
            } else if (!COMMON.contains(key)) {
                throw new IllegalArgumentException("unknown key " + key + "; options are " + OPTIONS.stream().sorted().toList());
            }
        }
        double percent = wish.path("percent").asDouble(100);
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("percent must be within 0 and 100");
        }
        return new Fault<>(kind, percent, wish.path("count").asLong(0), Scope.parse(wish.path("on").asText("*")),
                wish.path("seed").asLong(1), options);
    }

    /** @return the option as a number */
    public long number(String option, long otherwise) {
        return options.path(option).asLong(otherwise);
    }

    /** @return the option as a text */
    public String text(String option, String otherwise) {
        return options.path(option).asText(otherwise);
    }

    /** @return the option {@code ms} */
    public Duration length(Duration otherwise) {
        return Duration.ofMillis(number("ms", otherwise.toMillis()));
    }

    /** @return the words of all kinds */
    public static <K extends Enum<K>> List<String> words(Class<K> kinds) {
        return Arrays.stream(kinds.getEnumConstants()).map(Fault::word).toList();
    }

    static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    ObjectNode view() {
        ObjectNode view = Json.object().put("fault", word(kind)).put("percent", percent).put("count", count)
                .put("on", scope.toString()).put("seed", seed);
        view.setAll(options);
        return view;
    }
}
