package dev.amorelay.workshop;

import dev.amorelay.settings.Secrets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which <code>{{placeholders}}</code> a flow may write: a parameter of its connector, or a setting of the relay that is no secret. Not
 * the environment of the process, nor Camel's functions ({@code env:}, {@code sys:}, {@code bean:}).
 */
class PlaceholderSafety {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final Pattern OF_THE_RELAY = Pattern.compile("relay\\.[a-z][a-z0-9.-]*");

    void check(FlowItem item, Consumer<Finding> findings) {
        Set<String> own = own(item, findings);
        item.body().walk((name, node) -> {
            node.entries().forEach(entry -> look(entry.key(), own, findings));
            if (node.isText()) {
                look(node, own, findings);
            }
        });
        item.body().entries().forEach(entry -> look(entry.key(), own, findings));
    }

    /** A parameter that nobody gives is looked up among all settings, by its name. */
    private static Set<String> own(FlowItem item, Consumer<Finding> findings) {
        Set<String> own = new HashSet<>();
        if (!item.is(FlowItem.KAMELET)) {
            return own;
        }
        Set<String> required = new HashSet<>();
        item.body().at("spec", "definition", "required").ifPresent(all -> all.items().forEach(one -> required.add(one.text())));
        item.body().at("spec", "definition", "properties").ifPresent(all -> all.entries().forEach(entry -> {
            own.add(entry.name());
            if (!required.contains(entry.name()) && entry.value().get("default").isEmpty()) {
                findings.accept(entry.key().finding("parameter " + entry.name() + " is neither required nor has it a default: give it one of both"));
            }
        }));
        return own;
    }

    private static void look(YamlNode node, Set<String> own, Consumer<Finding> findings) {
        Matcher placeholder = PLACEHOLDER.matcher(node.text());
        StringBuilder rest = new StringBuilder();
        while (placeholder.find()) {
            placeholder.appendReplacement(rest, "");
            String key = placeholder.group(1).strip().replaceFirst("^[?!]", "").replaceFirst("(?s):.*", "");
            if (placeholder.group(1).contains("$")) {
                findings.accept(node.finding("no $ in the default of a placeholder"));
            }
            if (!own.contains(key) && !mayRead(key)) {
                findings.accept(node.finding("flows may not read {{" + key + "}}: no secret, and nothing but settings of the relay (relay.…)"));
            }
        }
        if (placeholder.appendTail(rest).indexOf("{{") >= 0) {
            findings.accept(node.finding("a placeholder within a placeholder: write one name between {{ and }}"));
        }
    }

    static boolean mayRead(String key) {
        return !Secrets.isSecret(key) && (OF_THE_RELAY.matcher(key).matches() || Secrets.isOpenVariable(key));
    }
}
