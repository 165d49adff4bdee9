package dev.amorelay.flowtests;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls to the outside are meant.
 *
 * @param system {@code amocrm}, {@code telegram} or {@code mail}
 * @param method {@code GET}, …; null for any
 * @param path of amoCRM from {@code /api/v4} or {@code /oauth2} on, Telegram's method, or the mail's recipient; {@code *} stands for anything
 * @param query parameters that must be there
 */
record CallPattern(String system, @Nullable String method, String path, Map<String, String> query) {

    static final List<String> SYSTEMS = List.of("amocrm", "telegram", "mail");

    static CallPattern of(String system, Entry entry) {
        String text = entry.text(system).strip();
        if (!system.equals("amocrm")) {
            return new CallPattern(system, null, text, Map.of());
        }
        String[] words = text.split("\\s+", 2);
        if (words.length < 2 || !words[0].matches("GET|POST|PATCH|PUT|DELETE|\\*") || !words[1].startsWith("/")) {
            throw entry.wrong("'amocrm' names method and path, like 'GET /api/v4/leads'");
        }
        int mark = words[1].indexOf('?');
        return new CallPattern(system, words[0].equals("*") ? null : words[0], mark < 0 ? words[1] : words[1].substring(0, mark),
                mark < 0 ? Map.of() : parameters(words[1].substring(mark + 1)));
    }

    boolean fits(Call call) {
        return system.equals(call.system()) && (method == null || method.equals(call.method()))
                && Glob.of(path).matcher(call.path()).matches()
                && query.entrySet().stream().allMatch(one -> one.getValue().equals(parameters(call.query()).get(one.getKey())));
    }

    /** Of a name that is there several times the last one counts. */
    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] halves = pair.split("=", 2);
            parameters.put(decoded(halves[0]), halves.length < 2 ? "" : decoded(halves[1]));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        StringBuilder asked = new StringBuilder();
        query.forEach((name, value) -> asked.append(asked.isEmpty() ? '?' : '&').append(name).append('=').append(value));
        return system + " " + (method == null ? "" : method + " ") + path + asked;
    }
}
