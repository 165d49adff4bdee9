package dev.amorelay.flowtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;

/** The routes that a clock starts: here only a test does. */
final class Clocks {

    private static final Set<String> SCHEMES = Set.of("quartz", "timer", "scheduler", "cron");

    private final CamelContext camel;

    Clocks(CamelContext camel) {
        this.camel = camel;
    }

    /** No clock starts anything from now on. */
    void hold() {
        for (String id : ids()) {
            try {
                camel.getRouteController().suspendRoute(id);
            } catch (Exception e) {
                throw new IllegalStateException("route " + id + " cannot be held", e);
            }
        }
    }

    /** Ids of these routes. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (Route route : camel.getRoutes()) {
            String uri = route.getEndpoint().getEndpointUri();
            if (SCHEMES.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))))) {
                ids.add(route.getRouteId());
            }
        }
        return ids;
    }

    /**
     * Lets a route's time come.
     *
     * @param id of the route
     * @return what went wrong; null for nothing
     */
    @Nullable Exception fire(String id) {
        Route route = camel.getRoute(id);
        Exchange exchange = route.getEndpoint().createExchange();
        try {
            route.getProcessor().process(exchange);
        } catch (Exception e) {
            return e;
        }
        return exchange.getException();
    }
}
