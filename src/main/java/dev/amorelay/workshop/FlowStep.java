package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a flow, or a part of one that has a box of its own in a diagram, like a {@code when}.
 *
 * @param word its word in the YAML DSL, for example {@code bean}
 * @param key where that word stands
 * @param body what stands under it
 */
record FlowStep(String word, YamlNode key, YamlNode body) {

    private static final Set<String> LISTS_OF_PARTS = Set.of("when", "doCatch");
    private static final Set<String> PARTS = Set.of("otherwise", "doFinally");
    private static final Set<String> NO_STEPS = Set.of("parameters", "expression");

    /** @return all steps of a route, an error policy or a connector, in the order of reading */
    static List<FlowStep> in(FlowItem item) {
        List<FlowStep> found = new ArrayList<>();
        in(item.body(), found);
        return found;
    }

    private static void in(YamlNode here, List<FlowStep> found) {
        here.entries().stream().filter(entry -> !NO_STEPS.contains(entry.name())).forEach(entry -> {
            YamlNode below = entry.value();
            if (entry.name().equals("steps") || entry.name().equals("onException") && !below.items().isEmpty()) {
                below.items().forEach(step -> step.entries().stream().limit(1).forEach(word -> add(word.name(), word.key(), word.value(), found)));
            } else if (LISTS_OF_PARTS.contains(entry.name()) && !below.items().isEmpty()) {
                below.items().forEach(part -> add(entry.name(), part, part, found));
            } else if (PARTS.contains(entry.name())) {
                add(entry.name(), entry.key(), below, found);
            } else {
                in(below, found);
            }
        });
    }

    private static void add(String word, YamlNode key, YamlNode body, List<FlowStep> found) {
        found.add(new FlowStep(word, key, body));
        in(body, found);
    }

    Optional<YamlNode> id() {
        return body.get("id").filter(YamlNode::isText).filter(id -> !id.text().isEmpty());
    }
}
