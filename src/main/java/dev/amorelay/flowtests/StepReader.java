package dev.amorelay.flowtests;

import dev.amorelay.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads what happens in a test. */
final class StepReader {

    static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    static final Set<String> OF_A_STEP = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "headers", "json", "form", "text", "type",
            "as", "answer", "fires");
    static final Set<String> OF_AN_ANSWER = Set.of("status", "json", "text", "keep");

    private StepReader() {
    }

    static Step step(Entry entry) {
        Map<String, Entry> parts = entry.map("a step", OF_A_STEP);
        if (parts.containsKey("fires")) {
            if (parts.size() > 1) {
                throw entry.wrong("'fires' stands alone: a route whose time has come gets no request");
            }
            return new Step.Firing(entry.place(), parts.get("fires").text("'fires'"));
        }
        List<String> methods = METHODS.stream().filter(parts::containsKey).toList();
        if (methods.size() != 1) {
            throw entry.wrong("a step is a request, like 'POST: /api/ingest/leads', or 'fires: <id of a quartz or timer route>'");
        }
        return request(entry, parts, methods.get(0));
    }

    private static Step.Request request(Entry entry, Map<String, Entry> parts, String method) {
        String path = parts.get(method).text("'" + method + "'");
        if (!path.startsWith("/")) {
            throw parts.get(method).wrong("the address of a door begins with /, like /api/ingest/leads");
        }
        List<String> bodies = List.of("json", "form", "text").stream().filter(parts::containsKey).toList();
        if (bodies.size() > 1) {
            throw entry.wrong("a request has one body: json, form or text");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (parts.containsKey("headers")) {
            parts.get("headers").map("'headers'").forEach((name, value) -> headers.put(name, value.text("a header")));
        }
        String kind = bodies.isEmpty() ? null : bodies.get(0);
        String type = parts.containsKey("type") ? parts.get("type").text("'type'") : typeOf(kind);
        String as = parts.containsKey("as") ? sender(parts.get("as")) : null;
        Map<String, Entry> answer = parts.containsKey("answer") ? parts.get("answer").map("'answer'", OF_AN_ANSWER) : Map.of();
        if (answer.containsKey("json") && answer.containsKey("text")) {
            throw parts.get("answer").wrong("an answer is compared as json or as text");
        }
        return new Step.Request(entry.place(), method, path, headers, type, body(parts, kind), as, TestReader.number(answer, "status"),
                TestReader.json(answer, answer.containsKey("text") ? "text" : "json"), parts.containsKey("answer"), kept(answer));
    }

    private static Map<String, Pattern> kept(Map<String, Entry> answer) {
        Map<String, Pattern> kept = new LinkedHashMap<>();
        if (answer.containsKey("keep")) {
            answer.get("keep").map("'keep'").forEach((name, value) -> {
                String pattern = value.text("what is kept");
                try {
                    if (!name.matches("\\w+") || Pattern.compile(pattern).matcher("").groupCount() != 1) {
                        throw value.wrong("what is kept is a name and a regular expression with one group, like state: \"state=([^&]+)\"");
                    }
                    kept.put(name, Pattern.compile(pattern));
                } catch (PatternSyntaxException e) {
                    throw value.wrong("no regular expression: " + e.getDescription());
                }
            });
        }
        return kept;
    }

    private static String sender(Entry as) {
        String who = as.text("'as'");
        if (!who.equals(Step.Request.ADMIN) && !who.matches("[1-9]\\d{0,17}")) {
            throw as.wrong("'as' is admin, or the Telegram id of a user of the Mini App, not '" + who + "'");
        }
        return who;
    }

    private static String typeOf(String kind) {
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case "json" -> "application/json";
            case "form" -> "application/x-www-form-urlencoded";
            default -> "text/plain; charset=utf-8";
        };
    }

    private static String body(Map<String, Entry> parts, String kind) {
        if (kind == null) {
            return "";
        }
        return switch (kind) {
            case "json" -> Json.write(parts.get("json").json());
            case "form" -> form(parts.get("form"));
            default -> parts.get("text").text("'text'");
        };
    }

    private static String form(Entry entry) {
        List<String> fields = new ArrayList<>();
        entry.map("'form'").forEach((name, value) -> fields.add(encoded(name) + "=" + encoded(value.text("a field of a form"))));
        return String.join("&", fields);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
