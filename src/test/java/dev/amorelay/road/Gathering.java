package dev.amorelay.road;

import dev.amorelay.work.WorkEndpoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/** How long the workers of a relay let work gather while it keeps coming: as their routes say, or not at all. */
final class Gathering {

    private record Usual(long gather, long most) {
    }

    private static final Map<WorkEndpoint, Usual> USUAL = new ConcurrentHashMap<>();

    private Gathering() {
    }

    /** @param usual as the routes say; else nothing waits for what may come */
    static void set(CamelContext camel, boolean usual) {
        camel.getEndpoints().stream().filter(WorkEndpoint.class::isInstance).map(WorkEndpoint.class::cast).forEach(endpoint -> {
            Usual told = USUAL.computeIfAbsent(endpoint, one -> new Usual(one.getGather(), one.getGatherMost()));
            endpoint.setGather(usual ? told.gather() : 0);
            endpoint.setGatherMost(usual ? told.most() : 0);
        });
    }
}
