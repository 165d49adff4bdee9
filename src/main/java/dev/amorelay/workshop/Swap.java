package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the items of a plan while no exchange is under way in them. A route that an operator has stopped or suspended stays so.
 * When something goes wrong half way, the old ones are put up again.
 */
class Swap {

    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);

    private final CamelContext camel;
    private final CamelRequestHandlerMapping addresses;
    private final Stage stage;

    /**
     * @param camel the context that runs the flows
     * @param addresses which address leads to which door
     * @param stage takes single items down and puts them up
     */
    Swap(CamelContext camel, CamelRequestHandlerMapping addresses, Stage stage) {
        this.camel = camel;
        this.addresses = addresses;
        this.stage = stage;
    }

    /**
     * Exchanges.
     *
     * @param plan what; workers that are left alone are no part of it
     * @throws SwapFailed when the new items cannot be put up; it tells whether the old ones are there again
     */
    void carryOut(Plan plan) {
        Map<String, ServiceStatus> before = new HashMap<>();
        plan.goneRoutes().forEach(id -> before.put(id, camel.getRouteController().getRouteStatus(id)));
        Ends ends = ends(plan.goneRoutes());
        try {
            stage.takeDown(plan.gone());
            putUp(plan.needed(), before);
            putUp(plan.fresh(), before);
        } catch (Exception | LinkageError e) {
            goBack(plan, before, e);
        }
        closeUnused(ends);
    }

    private void putUp(List<FlowItem> items, Map<String, ServiceStatus> before) throws Exception {
        for (FlowItem item : items) {
            ServiceStatus status = before.get(item.id());
            boolean door = item.from().startsWith("platform-http:");
            boolean suspended = status != null && status.isSuspended();
            boolean waits = item.is(FlowItem.ROUTE) && status != null && (status.isStopped() || suspended && !door);
            try {
                stage.putUp(item, waits);
            } catch (Exception | LinkageError e) {
                throw new NotStarted(item, e);
            }
            if (suspended && door) {
                // only a suspended door says that it is closed for now; one that was never opened would not be there
                camel.getRouteController().suspendRoute(item.id());
            }
        }
    }

    private void goBack(Plan plan, Map<String, ServiceStatus> before, Throwable cause) {
        try {
            Ends ends = ends(plan.ids(plan.fresh(), FlowItem.ROUTE));
            stage.takeDown(plan.fresh());
            putUp(plan.gone(), before);
            closeUnused(ends);
        } catch (Exception | LinkageError e) {
            e.addSuppressed(cause);
            throw new SwapFailed("the new routes could not be started, and the old ones neither: correct the folder and start the relay again", e);
        }
        throw new SwapFailed("the edit is not in effect, the routes from before run on: the new ones could not be started", cause);
    }

    /** Tells where the item stands. */
    static final class NotStarted extends Exception {

        private final transient Finding finding;

        NotStarted(FlowItem item, Throwable cause) {
            super(item.key(), cause);
            this.finding = item.body().get("id").orElse(item.body()).finding(
                    (item.id().isEmpty() ? "this " + item.kind() : item.id()) + " cannot be started: " + Cause.brief(cause) + "; correct it");
        }

        Finding finding() {
            return finding;
        }
    }

    /** Where routes begin, that outlives them. */
    private record Ends(List<Object> doors, List<QuartzEndpoint> clocks) {
    }

    private Ends ends(Set<String> ids) {
        Ends ends = new Ends(new ArrayList<>(), new ArrayList<>());
        for (String id : ids) {
            Route route = camel.getRoute(id);
            Stream.ofNullable(stage.door(id)).forEach(ends.doors()::add);
            if (route != null && route.getEndpoint() instanceof QuartzEndpoint clock) {
                ends.clocks().add(clock);
            }
        }
        return ends;
    }

    /** Camel leaves the address of a door that is gone registered. One that has a new door was registered anew. */
    private void closeUnused(Ends ends) {
        addresses.getHandlerMethods().forEach((address, handler) -> {
            if (ends.doors().contains(handler.getBean())) {
                addresses.unregisterMapping(address);
            }
        });
        stopUnused(ends.clocks());
    }

    /** The triggers of a clustered scheduler outlive their routes. */
    private void stopUnused(List<QuartzEndpoint> clocks) {
        Set<String> running = camel.getRoutes().stream().map(Route::getEndpoint).filter(QuartzEndpoint.class::isInstance)
                .map(endpoint -> ((QuartzEndpoint) endpoint).getTriggerKey().toString()).collect(Collectors.toSet());
        for (QuartzEndpoint clock : clocks) {
            try {
                if (!running.contains(clock.getTriggerKey().toString())) {
                    ((QuartzComponent) clock.getComponent()).getScheduler().unscheduleJob(clock.getTriggerKey());
                }
            } catch (SchedulerException e) {
                LOG.warn("the clock {} is still set: {}", clock.getTriggerKey(), e.getMessage());
            }
        }
    }
}
