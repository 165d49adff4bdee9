package dev.amorelay.workshop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.PayloadTemplate;
import dev.amorelay.json.Json;
import dev.amorelay.work.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a flow says it owes: a list beside a door's lead, or an effect that a connector owes. */
final class Owed {

    private static final String LIST = "owes";
    private static final String JSON = "a JSON object";
    private static final String FILLED = "a JSON object that is filled as a text";
    private static final Pattern FUNCTION = Pattern.compile("\\$\\{(?:[^{}]|\\{[^{}]*})*}");
    private static final Pattern SETTING = Pattern.compile("\\{\\{([\\w.-]+)(?::([^{}]*))?}}");

    private Owed() {
    }

    /** Looks at the variable {@code owes}, a JSON list of kinds and payloads. */
    static void list(YamlNode step, Surroundings surroundings, PayloadShapes payloads, Consumer<Finding> findings) {
        Optional<YamlNode> text = step.at("expression", "constant", "expression").or(() -> step.at("expression", "constant")).or(() -> step.get("constant"))
                .filter(YamlNode::isText);
        if (!step.text("name").equals(LIST) || text.isEmpty()) {
            return;
        }
        JsonNode list = tree(settled(text.get().text(), surroundings));
        if (list == null || !list.isArray()) {
            findings.accept(text.get().finding("owes is a JSON list, like [{\"kind\": \"crm.lead\", \"payload\": {}}]: look at its quotes and commas"));
            return;
        }
        for (JsonNode debt : list) {
            if (!debt.path("kind").isTextual()) {
                findings.accept(text.get().finding("an effect without a kind among what is owed: write {\"kind\": \"…\", \"payload\": {…}}"));
            } else {
                payloads.misfits(debt.path("kind").textValue(), debt.path("payload")).forEach(wrong -> findings.accept(text.get().finding(wrong)));
            }
        }
    }

    /**
     * Looks at what {@code kamelet:outbox-owe} is given, where that is known.
     *
     * @param step the step that owes
     * @param given what its payload is, the body where it tells none
     */
    static void effect(YamlNode step, Shape given, Surroundings surroundings, PayloadShapes payloads, Consumer<Finding> findings) {
        String kind = parameter(step, "kind");
        String only = parameter(step, "only");
        Optional<YamlNode> payload = step.at("parameters", "payload").filter(told -> PayloadTemplate.isOne(told.text()));
        JsonNode carried = Json.MAPPER.missingNode();
        if (payload.isPresent()) {
            try {
                carried = PayloadTemplate.read(settled(payload.get().text(), surroundings));
            } catch (Refused unreadable) {
                findings.accept(payload.get().finding(unreadable.getMessage()));
                return;
            }
        } else if (given.name().equals(FILLED)) {
            findings.accept(step.finding("a quote in one of its values would break this payload, or write another one: "
                    + "tell it here, as payload: '{\"name\": \"${body[name]}\"}'"));
            return;
        }
        if (!only.isBlank() && !only.contains("{")) {
            Set<String> keys = Stream.of(only.split(",")).map(String::strip).collect(Collectors.toCollection(TreeSet::new));
            carried = PayloadShapes.later(keys);
        } else if (payload.isEmpty() && given.isKnown() && !given.keys().isEmpty() && given.name().equals(JSON)) {
            carried = PayloadShapes.later(given.keys().keySet());
        }
        if (carried.isObject()) {
            payloads.misfits(kind, carried).forEach(wrong -> findings.accept(step.finding(wrong)));
        }
    }

    private static String parameter(YamlNode step, String name) {
        return step.at("parameters", name).map(YamlNode::text).orElse("");
    }

    /** @return the keys of a text that is a JSON object, whatever stands under them */
    static Optional<Shape> json(String text) {
        if (!text.strip().startsWith("{")) {
            return Optional.empty();
        }
        JsonNode tree = tree(FUNCTION.matcher(text).replaceAll("0"));
        if (tree == null || !tree.isObject()) {
            return Optional.empty();
        }
        Map<String, Shape> keys = new TreeMap<>();
        tree.fieldNames().forEachRemaining(key -> keys.put(key, Shape.UNKNOWN));
        // it is a text until somebody reads it: nothing can be taken out of it by a key
        return Optional.of(new Shape(Shape.TEXT.type(), keys, FUNCTION.matcher(text).find() ? FILLED : JSON));
    }

    private static String settled(String text, Surroundings surroundings) {
        return SETTING.matcher(text).replaceAll(setting -> Matcher.quoteReplacement(surroundings.property(setting.group(1))
                .orElse(setting.group(2) == null ? "0" : setting.group(2))));
    }

    private static JsonNode tree(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
