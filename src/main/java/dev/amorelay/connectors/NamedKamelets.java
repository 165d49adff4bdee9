package dev.amorelay.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Kamelets whose routes are named as the connector, {@code amocrm-read-leads}, and those that are used with other parameters
 * {@code amocrm-read-leads-2} and so on, with the connector's description and group. Camel itself counts all of them through, so that
 * monitoring shows another name after each change of a route, and says nothing of what they do.
 */
@Component("kamelet")
public class NamedKamelets extends KameletComponent {

    private static final Set<String> ENDS = Set.of("source", "sink");
    private static final String ROUTE_ID = "routeId";

    private final Map<String, String> names = new HashMap<>();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (ENDS.contains(remaining)) {
            return super.createEndpoint(uri, remaining, parameters);
        }
        // without parameters it is a map that nothing can be put into
        Map<String, Object> named = new LinkedHashMap<>(parameters);
        if (!remaining.contains("/")) {
            named.putIfAbsent(ROUTE_ID, nameFor(uri, remaining));
        }
        Endpoint endpoint = super.createEndpoint(uri, remaining, named);
        if (!parameters.isEmpty()) {
            parameters.keySet().retainAll(named.keySet());
        }
        ((ModelCamelContext) getCamelContext()).addRouteTemplateDefinitionConverter(((KameletEndpoint) endpoint).getTemplateId(),
                NamedKamelets::described);
        return endpoint;
    }

    /** Where nobody else has said it. */
    private static RouteDefinition described(RouteTemplateDefinition template, Map<String, Object> parameters) throws IOException {
        RouteDefinition route = Kamelet.templateToRoute(template, parameters);
        if (template.getResource() != null) {
            try (InputStream file = template.getResource().getInputStream()) {
                Object kamelet = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
                if (route.getDescription() == null) {
                    route.setDescription(text(kamelet, "spec", "definition", "description"));
                }
                if (route.getGroup() == null) {
                    route.setGroup(text(kamelet, "metadata", "annotations", "camel.apache.org/kamelet.group"));
                }
            }
        }
        return route;
    }

    private static String text(Object tree, String... keys) {
        Object at = tree;
        for (String key : keys) {
            at = at instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return at == null ? null : at.toString();
    }

    /** The same name again where the route that had it is gone. */
    private synchronized String nameFor(String uri, String kamelet) {
        String before = names.get(uri);
        if (before != null && isFree(before)) {
            return before;
        }
        String name = kamelet;
        for (int number = 2; names.containsValue(name) || !isFree(name); number++) {
            name = kamelet + "-" + number;
        }
        names.put(uri, name);
        return name;
    }

    private boolean isFree(String name) {
        return getCamelContext().getRoute(name) == null;
    }
}
