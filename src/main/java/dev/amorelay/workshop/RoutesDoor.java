package dev.amorelay.workshop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.springframework.stereotype.Component;

/** Tells the admin how the last edit of the routes went, and which routes run. */
@Component("routesDoor")
public class RoutesDoor {

    private static final String OF_CONNECTORS = "kamelets";

    private final CamelContext camel;
    private final EditBoard board;

    RoutesDoor(CamelContext camel, EditBoard board) {
        this.camel = camel;
        this.board = board;
    }

    /** @return {@code {live, state, since, message, findings: [{file, line, column, message}], routes: […]}} as JSON */
    public AdminAnswer state() {
        EditState state = board.state();
        ObjectNode answer = Json.object().put("live", state.kind() != EditState.Kind.OFF).put("state", state.kind().name())
                .put("since", state.at().toString()).put("message", state.message());
        ArrayNode findings = answer.putArray("findings");
        state.findings().forEach(finding -> findings.addObject().put("file", finding.file()).put("line", finding.line())
                .put("column", finding.column()).put("message", finding.message()));
        ArrayNode routes = answer.putArray("routes");
        List<Route> shown = camel.getRoutes().stream().filter(route -> !OF_CONNECTORS.equals(route.getGroup()))
                .sorted(Comparator.comparing(Route::getId)).toList();
        shown.forEach(route -> add(routes.addObject(), route));
        return AdminAnswer.ok(answer);
    }

    private void add(ObjectNode shown, Route route) {
        shown.put("id", route.getId()).put("description", route.getDescription())
                .put("status", String.valueOf(camel.getRouteController().getRouteStatus(route.getId())));
        ManagedCamelContext managed = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        ManagedRouteMBean counters = managed == null ? null : managed.getManagedRoute(route.getId());
        try {
            shown.put("inflight", camel.getInflightRepository().size(route.getId()))
                    .put("total", counters == null ? null : counters.getExchangesTotal())
                    .put("failed", counters == null ? null : counters.getExchangesFailed());
        } catch (Exception e) {
            // taken down by an edit in this very moment
            shown.putNull("total").putNull("failed");
        }
    }
}
