package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.Map;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.actuate.health.HealthIndicator;

/** How the last edit of the routes went, as the relay's health tells it: the page says so, beside what the edit was to change. */
public final class RoutesNotice {

    private final HealthContributorRegistry health;

    /** @param health where the part {@code routes} is */
    public RoutesNotice(HealthContributorRegistry health) {
        this.health = health;
    }

    /** @return {@code {state, message, findings}}; empty where the relay tells nothing of its routes */
    ObjectNode view() {
        ObjectNode view = Json.object();
        if (health.getContributor("routes") instanceof HealthIndicator routes) {
            Map<String, Object> details = routes.health().getDetails();
            for (String name : new String[] {"state", "message", "findings"}) {
                view.set(name, Json.MAPPER.valueToTree(details.get(name)));
            }
        }
        return view;
    }
}
