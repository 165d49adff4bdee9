package dev.amorelay.amocrm.tokens;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query. The first of a name counts; empty ones are not there; unknown ones do no harm. */
final class QueryParameters {

    private final Map<String, String> values = new HashMap<>();

    private QueryParameters() {
    }

    /**
     * Takes a query apart.
     *
     * @param query as it came, undecoded; null for none
     * @return its parameters
     */
    static QueryParameters of(@Nullable String query) {
        QueryParameters parameters = new QueryParameters();
        for (String pair : (query == null ? "" : query).split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && !parts[1].isEmpty()) {
                parameters.values.putIfAbsent(decoded(parts[0]), decoded(parts[1]));
            }
        }
        return parameters;
    }

    /** @return the value of a parameter, decoded */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @return whether all of them are given */
    boolean hasAll(String... names) {
        for (String name : names) {
            if (!values.containsKey(name)) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
