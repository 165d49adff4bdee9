package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumerAware;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running routes, error policies and connectors, of which single ones can be taken down and put up. */
class Stage {

    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final Set<String> INSIDE_A_KAMELET = Set.of("source", "sink");

    private final ModelCamelContext camel;

    /** @param camel the context that runs the flows */
    Stage(CamelContext camel) {
        this.camel = (ModelCamelContext) camel;
    }

    boolean has(FlowItem item) {
        return switch (item.kind()) {
            case FlowItem.ROUTE -> camel.getRouteDefinition(item.id()) != null;
            case FlowItem.KAMELET -> camel.getRouteTemplateDefinition(item.id()) != null;
            default -> camel.getRouteConfigurationDefinitions().stream().anyMatch(policy -> item.id().equals(policy.getId() == null ? "" : policy.getId()));
        };
    }

    /** @return the end of the address where a route begins, {@code null} where it begins at none */
    @Nullable Object door(String route) {
        Route running = camel.getRoute(route);
        return running != null && running.getConsumer() instanceof PlatformHttpConsumerAware door ? door.getPlatformHttpConsumer() : null;
    }

    /**
     * Takes items down, routes first. What is not there is passed over.
     *
     * @throws Exception whatever Camel throws at it
     */
    void takeDown(List<FlowItem> items) throws Exception {
        List<FlowItem> backwards = new ArrayList<>(items);
        Collections.reverse(backwards);
        for (FlowItem item : backwards) {
            if (!has(item)) {
                continue;
            }
            switch (item.kind()) {
                case FlowItem.ROUTE -> camel.removeRouteDefinition(camel.getRouteDefinition(item.id()));
                case FlowItem.KAMELET -> kamelet(item.id());
                // Camel's own removal names what has no name, which then holds for no route any more
                default -> camel.getRouteConfigurationDefinitions().removeIf(policy -> item.id().equals(policy.getId() == null ? "" : policy.getId()));
            }
        }
        withoutUsers();
    }

    private void kamelet(String name) throws Exception {
        for (KameletEndpoint endpoint : kamelets()) {
            if (endpoint.getTemplateId().equals(name)) {
                camel.removeEndpoint(endpoint);
            }
        }
        camel.removeRouteTemplateDefinitions(name);
    }

    /** Each use of a connector has a route of its own, which Camel leaves behind when the use is gone. */
    private void withoutUsers() throws Exception {
        Set<String> used = new HashSet<>();
        kamelets().forEach(endpoint -> used.add(endpoint.getRouteId()));
        for (RouteDefinition route : List.copyOf(camel.getRouteDefinitions())) {
            boolean ofKamelet = route.getTemplateParameters() != null && route.getTemplateParameters().containsKey("templateId");
            if (ofKamelet && !used.contains(route.getRouteId())) {
                LOG.debug("connector route {} is used no more", route.getRouteId());
                camel.removeRouteDefinition(route);
            }
        }
    }

    private List<KameletEndpoint> kamelets() {
        List<KameletEndpoint> found = new ArrayList<>();
        for (Endpoint endpoint : camel.getEndpoints()) {
            if (endpoint instanceof KameletEndpoint kamelet
                    && !INSIDE_A_KAMELET.contains(endpoint.getEndpointUri().replaceFirst("^kamelet:(//)?", "").replaceFirst("[?/].*", ""))) {
                found.add(kamelet);
            }
        }
        return found;
    }

    /**
     * Puts an item up, and starts it where it is a route.
     *
     * @param waits whether the route is loaded without being started
     * @throws Exception whatever Camel throws at it
     */
    void putUp(FlowItem item, boolean waits) throws Exception {
        if (!has(item)) {
            Loading.load(camel, Loading.resource(item), waits);
        }
    }
}
