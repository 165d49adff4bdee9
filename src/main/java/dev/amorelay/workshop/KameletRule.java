package dev.amorelay.workshop;

import java.util.List;
import java.util.function.Consumer;

/** A connector tells what it is, and what each of its parameters means. */
class KameletRule implements Rule {

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        flows.all(FlowItem.KAMELET).forEach(kamelet -> check(kamelet, findings));
    }

    private static void check(FlowItem kamelet, Consumer<Finding> findings) {
        YamlNode root = kamelet.body();
        String file = kamelet.file().substring(kamelet.file().lastIndexOf('/') + 1).replace(".kamelet.yaml", "");
        if (!kamelet.id().equals(file)) {
            findings.accept(root.at("metadata", "name").orElse(root).finding("the connector is named '" + kamelet.id()
                    + "', its file " + file + ".kamelet.yaml: give both the same name, Camel finds it by its file"));
        }
        if (!kamelet.file().startsWith("kamelets/")) {
            findings.accept(root.finding("Camel looks for connectors in kamelets/ only: move the file there"));
        }
        YamlNode labels = root.at("metadata", "labels").orElse(root);
        if (!List.of("action", "sink", "source").contains(labels.text("camel.apache.org/kamelet.type"))) {
            findings.accept(labels.finding("no label camel.apache.org/kamelet.type: add it, with action, sink or source"));
        }
        YamlNode definition = root.at("spec", "definition").orElse(root);
        lacking(definition, "the connector", List.of("title", "description", "type"), findings);
        definition.get("properties").ifPresent(all -> all.entries().forEach(parameter ->
                lacking(parameter.value().isMap() ? parameter.value() : parameter.key(), "parameter " + parameter.name(),
                        List.of("title", "description", "type", "example"), findings)));
        if (root.at("spec", "template", "from").isEmpty()) {
            findings.accept(root.finding("no spec.template.from: a connector begins with 'from:' and 'uri: kamelet:source'"));
        }
    }

    private static void lacking(YamlNode place, String what, List<String> parts, Consumer<Finding> findings) {
        parts.stream().filter(part -> place.text(part).isEmpty())
                .forEach(part -> findings.accept(place.finding(what + " has no " + part + ": add it, the reference in docs/ is made of it")));
    }
}
