package dev.amorelay.flowtests;

import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * A step as it stands in a file, however many routes share it.
 *
 * @param file where Camel loaded it from; empty for a route in Java
 * @param line from 1
 * @param name what it is
 * @param owner the route, or the error policy, that it belongs to
 */
record NodeSeen(String file, int line, String name, String owner) {

    static NodeSeen of(NamedNode node) {
        String location = node.getLocation() == null ? "" : node.getLocation().replaceFirst("^(file|classpath):", "").replace('\\', '/');
        return new NodeSeen(location, node.getLineNumber(), StepNames.of(node), owner(node));
    }

    private static String owner(NamedNode node) {
        NamedNode at = node;
        while (at != null) {
            if (at instanceof RouteDefinition || at instanceof RouteConfigurationDefinition) {
                return String.valueOf(at.getId());
            }
            at = at.getParent();
        }
        return "";
    }
}
