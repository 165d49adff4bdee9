package dev.amorelay.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code docs/kamelets.md}: every connector with its parameters, bodies, errors, and what a repeat does. */
final class KameletReference {

    private static final Map<String, String> TOLD = Map.of("body-in", "Body in", "body-out", "Body out", "errors", "Errors",
            "batching", "Batching", "repeat", "A repeat");

    private final List<Object> kamelets = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    KameletReference(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(file -> file.toString().endsWith(".kamelet.yaml")).sorted().toList()) {
                kamelets.add(Tree.of(Files.readString(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String write() {
        say("# Connectors");
        say("");
        say("Made from `routes/kamelets/` by `" + DocsTest.COMMAND + "`; change the descriptions there. Words: [glossary.md](glossary.md).");
        say("");
        say("A route uses one as `kamelet:<name>`, with its parameters under `parameters:`. A parameter may hold an expression, `${…}`, which each");
        say("message answers for itself. Bodies are JSON texts, or the maps and lists that another connector gave; of what comes from amoCRM an");
        say("expression reads a field as `${body[0][price]}`. All calls to amoCRM pass the gate: token, budget, breaker, meaning of the");
        say("answer. An action changes the body, a sink leaves it as it is, a source stands in `from:`.");
        say("");
        say("A text that a stranger wrote must not go into a JSON text by `${…}`: a quotation mark in it would break it, or change what is said. Owe");
        say("the map, and give the map on: `${variable.effect.payload[deal]}`. Numbers, and what you wrote yourself, are safe.");
        say("");
        say("| connector | kind | what it does |");
        say("|---|---|---|");
        for (Object kamelet : kamelets) {
            String name = name(kamelet);
            say("| [" + name + "](#" + name + ") | " + type(kamelet) + " | " + cell(Tree.text(definition(kamelet), "description")) + " |");
        }
        say("");
        kamelets.forEach(this::kamelet);
        return text.toString().stripTrailing() + "\n";
    }

    private void kamelet(Object kamelet) {
        Map<String, Object> definition = definition(kamelet);
        say("## " + name(kamelet));
        say("");
        say("*" + Tree.text(definition, "title") + "* (" + type(kamelet) + "). " + Tree.text(definition, "description"));
        say("");
        Map<String, Object> parameters = Tree.map(definition, "properties");
        if (!parameters.isEmpty()) {
            say("| parameter | type | required | default | example | meaning |");
            say("|---|---|---|---|---|---|");
            List<Object> required = Tree.list(definition.get("required"));
            parameters.forEach((parameter, shape) -> say("| `" + parameter + "` | " + Tree.text(shape, "type") + " | "
                    + (required.contains(parameter) ? "yes" : "no") + " | " + code(shape, "default") + " | " + code(shape, "example") + " | "
                    + cell(Tree.text(shape, "description")) + choices(shape) + " |"));
            say("");
        }
        Map<String, Object> told = Tree.map(kamelet, "metadata", "annotations");
        for (String part : List.of("body-in", "body-out", "errors", "batching", "repeat")) {
            say("- **" + TOLD.get(part) + ":** " + Tree.text(told, "amorelay.dev/" + part));
        }
        say("");
        say("```yaml");
        say(Tree.text(told, "amorelay.dev/example"));
        say("```");
        say("");
    }

    private static String choices(Object shape) {
        List<Object> choices = Tree.list(Tree.map(shape).get("enum"));
        return choices.isEmpty() ? "" : " (" + String.join(", ", choices.stream().map(Object::toString).toList()) + ")";
    }

    private static String code(Object shape, String key) {
        String value = Tree.text(shape, key);
        return value.isEmpty() ? Tree.map(shape).containsKey(key) ? "empty" : "–" : "`" + cell(value) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String name(Object kamelet) {
        return Tree.text(Tree.map(kamelet, "metadata"), "name");
    }

    private static String type(Object kamelet) {
        return Tree.text(Tree.map(kamelet, "metadata", "labels"), "camel.apache.org/kamelet.type");
    }

    private static Map<String, Object> definition(Object kamelet) {
        return Tree.map(kamelet, "spec", "definition");
    }

    private void say(String line) {
        text.append(line).append('\n');
    }
}
