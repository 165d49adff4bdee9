package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An endpoint that a route comes from or sends to.
 *
 * @param item the route, error policy or kamelet in which it stands
 * @param role the step: {@code from}, {@code to}, {@code toD}, …
 * @param place where the address stands
 * @param scheme the word before the first colon, for example {@code direct}
 * @param path what follows, without options
 * @param options the options, in the address or beside it, each with the place of its value
 */
record Address(FlowItem item, String role, YamlNode place, String scheme, String path, Map<String, YamlNode> options) {

    private static final Set<String> ROLES = Set.of("from", "to", "toD", "wireTap", "poll", "interceptFrom", "interceptSendToEndpoint");

    /** @return all addresses that stand in an item */
    static List<Address> in(FlowItem item) {
        List<Address> found = new ArrayList<>();
        in(item, item.body(), found);
        return found;
    }

    /** An option may be named {@code to} or {@code from}, and is no step. */
    private static void in(FlowItem item, YamlNode here, List<Address> found) {
        here.items().forEach(node -> in(item, node, found));
        here.entries().stream().filter(entry -> !entry.name().equals("parameters")).forEach(entry -> {
            YamlNode node = entry.value();
            if (ROLES.contains(entry.name())) {
                if (node.isText()) {
                    add(item, entry.name(), node, node, found);
                } else {
                    node.get("uri").filter(YamlNode::isText).ifPresent(uri -> add(item, entry.name(), uri, node, found));
                }
            }
            in(item, node, found);
        });
    }

    private static void add(FlowItem item, String role, YamlNode uri, YamlNode step, List<Address> found) {
        String text = uri.text();
        int colon = text.indexOf(':');
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        int question = rest.indexOf('?');
        Map<String, YamlNode> options = new LinkedHashMap<>();
        if (question >= 0) {
            for (String option : rest.substring(question + 1).split("&")) {
                options.put(option.split("=", 2)[0], uri);
            }
        }
        step.get("parameters").ifPresent(map -> map.entries().forEach(entry -> options.put(entry.name(), entry.value())));
        String path = (question >= 0 ? rest.substring(0, question) : rest).replaceFirst("^//", "");
        found.add(new Address(item, role, uri, colon < 0 ? text : text.substring(0, colon), path, options));
    }

    boolean is(String wanted) {
        return scheme.equals(wanted);
    }

    boolean isEntry() {
        return role.equals("from");
    }

    /** @return whether the address, its options aside, is known only when a message comes by */
    boolean isOpen() {
        return (scheme + path).contains("${") || (scheme + path).contains("{{");
    }

    /** @return the value of an option, whether it stands in the address or beside it; empty where it is not given */
    String option(String name) {
        YamlNode value = options.get(name);
        if (value == null) {
            return "";
        }
        if (value != place) {
            return value.text();
        }
        for (String option : place.text().substring(place.text().indexOf('?') + 1).split("&")) {
            if (option.startsWith(name + "=")) {
                return option.substring(name.length() + 1);
            }
        }
        return "";
    }
}
