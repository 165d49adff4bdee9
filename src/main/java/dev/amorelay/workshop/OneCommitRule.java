package dev.amorelay.workshop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is to be one commit is one: an error policy that handles a failure inside of it would keep half of it, also where it is that of a route
 * that is called from there. The relay tells flows its events inside of a commit.
 */
class OneCommitRule implements Rule {

    private static final String POLICY = "routeConfigurationId";
    private static final String REMEDY = "put it into a route of its own that comes from direct: and has no " + POLICY;

    private final EventShapes events;

    /** @param events what the relay tells flows */
    OneCommitRule(EventShapes events) {
        this.events = events;
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        Map<String, FlowItem> called = new HashMap<>();
        flows.all(FlowItem.ROUTE).filter(route -> route.from().startsWith("direct:"))
                .forEach(route -> called.put(direct(route.from()), route));
        flows.all(FlowItem.ROUTE).forEach(route -> {
            List<YamlNode.Entry> blocks = new ArrayList<>();
            transacted(route.body(), blocks);
            String policy = policy(route);
            if (!policy.isEmpty()) {
                blocks.forEach(block -> findings.accept(block.key().finding("inside of transacted the error policy " + policy
                        + " would handle a failure, and half of the commit would stay: " + REMEDY)));
            }
            blocks.forEach(block -> calls(block.value(), called, findings));
        });
        events.names().forEach(event -> told(event, called, findings));
    }

    /** A commit that the relay has begun. */
    private void told(String event, Map<String, FlowItem> called, Consumer<Finding> findings) {
        FlowItem route = called.get(event);
        if (route == null) {
            String file = events.schema(event).map(schema -> schema.path("flow").asText()).orElse("") + ".camel.yaml";
            findings.accept(new Finding(file, 1, 1,
                    "no route comes from direct:" + event + ", which the relay tells when it has happened, and what follows would be lost: "
                            + "put one back, also where nothing follows"));
        } else if (!policy(route).isEmpty()) {
            findings.accept(place(route).finding("the relay tells " + event + " inside of a commit: the error policy " + policy(route)
                    + " would handle a failure, and half of the commit would stay: take " + POLICY + " away"));
        } else {
            calls(route.body(), called, findings);
        }
    }

    private static void calls(YamlNode block, Map<String, FlowItem> called, Consumer<Finding> findings) {
        for (YamlNode call : direct(block)) {
            reached(direct(address(call)), called).filter(route -> !policy(route).isEmpty()).ifPresent(route -> findings.accept(call.finding(
                    "inside of a commit " + address(call) + " leads to the route " + route.id() + ", whose error policy " + policy(route)
                            + " would handle a failure, and half of the commit would stay: " + REMEDY)));
        }
    }

    /** @return the first route on the way that has an error policy; behind it that policy decides */
    private static Optional<FlowItem> reached(String start, Map<String, FlowItem> called) {
        Deque<String> open = new ArrayDeque<>(List.of(start));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.pop();
            FlowItem route = called.get(name);
            if (route == null || !seen.add(name)) {
                continue;
            }
            if (!policy(route).isEmpty()) {
                return Optional.of(route);
            }
            direct(route.body().at("from", "steps").orElse(route.body())).forEach(call -> open.add(direct(address(call))));
        }
        return Optional.empty();
    }

    private static String policy(FlowItem route) {
        return route.body().text(POLICY);
    }

    private static YamlNode place(FlowItem route) {
        return route.body().get(POLICY).orElse(route.body());
    }

    private static String direct(String address) {
        return address.replaceFirst("^direct:(//)?", "").replaceFirst("\\?.*", "");
    }

    private static String address(YamlNode call) {
        return call.isText() ? call.text() : call.text("uri");
    }

    /** @return the steps that call a route */
    private static List<YamlNode> direct(YamlNode steps) {
        List<YamlNode> found = new ArrayList<>();
        steps.walk((name, node) -> {
            if (List.of("to", "toD").contains(name) && address(node).startsWith("direct:")) {
                found.add(node);
            }
        });
        return found;
    }

    private static void transacted(YamlNode here, List<YamlNode.Entry> blocks) {
        here.items().forEach(node -> transacted(node, blocks));
        here.entries().forEach(entry -> {
            if (entry.name().equals("transacted")) {
                blocks.add(entry);
            }
            transacted(entry.value(), blocks);
        });
    }
}
