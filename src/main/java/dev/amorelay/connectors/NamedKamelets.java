package dev.amorelay.connectors;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletComponent;
import org.springframework.stereotype.Component;

/**
 * Kamelets whose routes are named as the connector, {@code amocrm-read-leads}, and those that are used with other parameters
 * {@code amocrm-read-leads-2} and so on. Camel itself would count all of them through, so that monitoring shows another name after
 * each change of a route.
 */
@Component("kamelet")
public class NamedKamelets extends KameletComponent {

    private static final Set<String> ENDS = Set.of("source", "sink");

    private final Map<String, String> names = new HashMap<>();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (!ENDS.contains(remaining) && !remaining.contains("/")) {
            parameters.putIfAbsent("routeId", nameFor(uri, remaining));
        }
        return super.createEndpoint(uri, remaining, parameters);
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
