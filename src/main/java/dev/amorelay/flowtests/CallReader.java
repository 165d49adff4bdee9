package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.flowtests.Answer.Lost;
import dev.amorelay.flowtests.FlowTest.ExpectedCall;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what is said about calls to the outside: answers given, calls expected. */
final class CallReader {

    static final Set<String> OF_AN_ANSWER =
            Set.of("amocrm", "telegram", "mail", "asked", "status", "json", "text", "after", "lost", "times", "maybe");
    static final Set<String> OF_A_CALL = Set.of("amocrm", "telegram", "mail", "json", "subject", "text", "type", "times");

    private static final Set<String> MAIL_ONLY = Set.of("subject", "text", "type");

    private CallReader() {
    }

    static Answer answer(Entry entry) {
        Map<String, Entry> parts = entry.map("an answer", OF_AN_ANSWER);
        String system = system(parts, entry);
        boolean told = parts.containsKey("json") || parts.containsKey("text");
        if (!told && !parts.containsKey("status") && !parts.containsKey("after") && !parts.containsKey("lost")) {
            throw entry.wrong("an answer has 'json' or 'text', 'status', 'after' or 'lost'");
        }
        Lost lost = parts.containsKey("lost")
                ? Lost.valueOf(parts.get("lost").oneOf("'lost'", List.of("before", "after")).toUpperCase(Locale.ROOT)) : Lost.NO;
        int status = parts.containsKey("status") ? parts.get("status").number("'status'") : told ? 200 : 0;
        if (system.equals("mail") && status != 0 && status != 550 && status != 421) {
            throw parts.get("status").wrong("a mail server refuses a recipient with 550, or everybody with 421");
        }
        String body = parts.containsKey("text") ? parts.get("text").text("'text'")
                : parts.containsKey("json") ? Json.write(parts.get("json").json()) : "";
        return new Answer(entry.place(), CallPattern.of(system, parts.get(system)), TestReader.json(parts, "asked"), status, body,
                parts.containsKey("text") ? "text/html; charset=utf-8" : "application/json",
                parts.containsKey("after") ? duration(parts.get("after")) : Duration.ZERO, lost, TestReader.number(parts, "times"),
                parts.containsKey("maybe") && parts.get("maybe").flag("'maybe'"));
    }

    static ExpectedCall expected(Entry entry) {
        Map<String, Entry> parts = entry.map("a call", OF_A_CALL);
        String system = system(parts, entry);
        if (!system.equals("mail")) {
            parts.keySet().stream().filter(MAIL_ONLY::contains).findFirst().ifPresent(key -> {
                throw parts.get(key).wrong("'" + key + "' is of a mail; what a call to " + system + " has is under 'json'");
            });
        } else if (parts.containsKey("json")) {
            throw parts.get("json").wrong("a mail has 'subject', 'text' and 'type'");
        }
        return new ExpectedCall(entry.place(), CallPattern.of(system, parts.get(system)),
                system.equals("mail") ? mail(parts) : TestReader.json(parts, "json"),
                parts.containsKey("times") ? Integer.valueOf(parts.get("times").number("'times'")) : null);
    }

    private static JsonNode mail(Map<String, Entry> parts) {
        ObjectNode mail = Json.object();
        MAIL_ONLY.stream().filter(parts::containsKey).forEach(key -> mail.set(key, parts.get(key).json()));
        return mail;
    }

    private static String system(Map<String, Entry> parts, Entry entry) {
        List<String> named = CallPattern.SYSTEMS.stream().filter(parts::containsKey).toList();
        if (named.size() != 1) {
            throw entry.wrong("one of " + String.join(", ", new TreeSet<>(CallPattern.SYSTEMS))
                    + " says which call is meant, like 'amocrm: GET /api/v4/leads', 'telegram: sendMessage', 'mail: orders@example.com'");
        }
        return named.get(0);
    }

    private static Duration duration(Entry entry) {
        String text = entry.text("'after'");
        if (!text.matches("\\d{1,5}(ms|s)")) {
            throw entry.wrong("'after' is a time like 300ms or 2s");
        }
        return text.endsWith("ms") ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }
}
