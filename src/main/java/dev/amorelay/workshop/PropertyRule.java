package dev.amorelay.workshop;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every <code>{{name}}</code> is a setting, or a parameter of the kamelet in which it stands. */
class PropertyRule implements Rule {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");

    private final Surroundings surroundings;

    PropertyRule(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        for (FlowItem item : flows.items()) {
            Set<String> own = new HashSet<>();
            item.body().at("spec", "definition", "properties").ifPresent(all -> all.entries().forEach(entry -> own.add(entry.name())));
            item.body().walk((name, node) -> {
                if (node.isText()) {
                    look(node, own, findings);
                }
            });
        }
    }

    private void look(YamlNode node, Set<String> own, Consumer<Finding> findings) {
        Matcher placeholder = PLACEHOLDER.matcher(node.text());
        while (placeholder.find()) {
            String inner = placeholder.group(1).strip();
            String key = inner.replaceFirst("^[?!]", "");
            int colon = key.indexOf(':');
            boolean excused = colon >= 0 || inner.startsWith("?");
            if (!excused && !own.contains(key) && surroundings.property(key).isEmpty()) {
                findings.accept(node.finding("no property " + key + Nearest.hint(key, own,
                        ": use one of application.yaml, or give a default, {{" + key + ":default}}")));
            }
        }
    }
}
