package dev.amorelay.workshop;

import dev.amorelay.work.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.SuspendableService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that were edited while their work under way took long. The old one claims nothing more and finishes what it holds; the new
 * one works beside it, as another node would, under the old one's id with {@link #BESIDE} behind it. When the old one has finished, it
 * is taken down, and the new one gets its id as soon as nothing is under way in it for a moment.
 */
class Handover {

    static final String BESIDE = "~next";
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final Duration A_MOMENT = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final CamelContext camel;
    private final Stage stage;
    /** What is to stand there in the end, by the id of the old one; empty where it was deleted. */
    private final Map<String, Optional<FlowItem>> open = new TreeMap<>();

    Handover(CamelContext camel, Stage stage) {
        this.camel = camel;
        this.stage = stage;
    }

    static FlowItem beside(FlowItem item) {
        return item.named(item.id() + BESIDE);
    }

    /**
     * Remembers that some workers were left alone.
     *
     * @param busy their ids
     * @param plan in which they are exchanged, or deleted
     */
    void began(Set<String> busy, Plan plan) {
        busy.forEach(id -> open.put(id, plan.fresh().stream().filter(item -> item.is(FlowItem.ROUTE) && item.id().equals(id)).findFirst()));
    }

    /** @return ids of the workers that have not finished, or whose successor has not got its id */
    Set<String> pending() {
        return Set.copyOf(open.keySet());
    }

    /**
     * Goes on as far as it can be gone on now.
     *
     * @return whether nothing is handed over any more
     */
    boolean settle() {
        open.entrySet().removeIf(entry -> isSettled(entry.getKey(), entry.getValue()));
        return open.isEmpty();
    }

    private boolean isSettled(String id, Optional<FlowItem> item) {
        try {
            Route old = camel.getRoute(id);
            if (old != null && !isIdle(old)) {
                return false;
            }
            if (item.isEmpty()) {
                takeDown(id);
                LOG.info("routes: {} has finished what was under way, and is gone", id);
                return true;
            }
            return item.map(this::renamed).orElse(true);
        } catch (Exception | LinkageError e) {
            LOG.warn("routes: the old {} cannot be taken down yet: {}", id, Cause.brief(e));
            return false;
        }
    }

    private boolean renamed(FlowItem item) {
        Route beside = camel.getRoute(item.id() + BESIDE);
        boolean runs = beside != null && camel.getRouteController().getRouteStatus(beside.getId()).isStarted();
        if (runs && beside.getConsumer() instanceof SuspendableService worker) {
            worker.suspend();
            if (!isIdleInAMoment(beside)) {
                worker.resume();
                return false;
            }
        }
        try {
            takeDown(item.id());
            takeDown(item.id() + BESIDE);
            stage.putUp(item, !runs);
            LOG.info("routes: the old {} has finished what was under way, the new one has its place", item.id());
            return true;
        } catch (Exception | LinkageError e) {
            throw new IllegalStateException(e);
        }
    }

    private void takeDown(String id) throws Exception {
        stage.takeDown(List.of(new FlowItem(FlowItem.ROUTE, id, null, 1, "")));
    }

    private boolean isIdleInAMoment(Route route) {
        long end = System.nanoTime() + A_MOMENT.toNanos();
        while (!isIdle(route)) {
            if (System.nanoTime() >= end) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    private boolean isIdle(Route route) {
        return (!(route.getConsumer() instanceof Worker worker) || worker.isIdle()) && camel.getInflightRepository().size(route.getId()) == 0;
    }
}
