package dev.amorelay.workshop;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code shapes.yaml} in the folder of the routes: what the effects carry. */
public class ShapesFile implements DataFile {

    private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean", "array", "object");
    private static final List<String> PARTS = List.of("description", "type", "required", "additionalProperties", "properties", "examples");

    @Override
    public boolean isOf(String name) {
        return PayloadShapes.FILE.equals(name);
    }

    @Override
    public void check(String name, DataFolder folder, Surroundings surroundings, Consumer<Finding> findings) {
        YamlNode.read(name, folder.text(name).orElseThrow(), "name a kind of effect and what it carries, or delete it", findings).ifPresent(root -> {
            if (!root.isMap()) {
                findings.accept(root.finding("a map is expected: a kind of effect, like crm.task, and below it the JSON schema of its payload"));
            }
            root.entries().forEach(kind -> kind(kind, findings));
        });
    }

    private static void kind(YamlNode.Entry kind, Consumer<Finding> findings) {
        if (!kind.name().matches("[a-z0-9]+([.-][a-z0-9]+)+")) {
            findings.accept(kind.key().finding("'" + kind.name() + "' is no kind of effect: words in small letters with dots or dashes between them"));
        }
        if (kind.value().text("description").isEmpty()) {
            findings.accept(kind.key().finding(kind.name() + " has no description: say in a sentence what performing it does"));
        }
        kind.value().entries().stream().filter(part -> !PARTS.contains(part.name())).forEach(part -> findings.accept(
                part.key().finding("'" + part.name() + "' is not read here" + Nearest.hint(part.name(), Set.copyOf(PARTS), ": use " + String.join(", ", PARTS)))));
        kind.value().get("properties").ifPresent(all -> all.entries().forEach(property -> {
            if (!TYPES.contains(property.value().text("type"))) {
                findings.accept(property.key().finding(property.name() + " has no type: use one of " + String.join(", ", TYPES.stream().sorted().toList())));
            }
            if (property.value().text("description").isEmpty()) {
                findings.accept(property.key().finding(property.name() + " has no description: say in a sentence what it is"));
            }
        }));
        kind.value().get("required").ifPresent(all -> all.items().stream().filter(one -> kind.value().at("properties", one.text()).isEmpty())
                .forEach(one -> findings.accept(one.finding(one.text() + " is required and not among the properties: describe it there"))));
    }
}
