package dev.amorelay.workshop;

import dev.amorelay.doors.Door;
import dev.amorelay.doors.DoorHold;
import dev.amorelay.work.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.SuspendableService;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumerAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a moment in which nothing is under way in some routes, without refusing anything: workers claim no more, requests wait at
 * the doors, and what is under way is finished by the routes in which it began. Workers that come by nothing that is exchanged but
 * themselves need not be waited for long.
 */
class Quiet {

    private static final Logger LOG = LoggerFactory.getLogger(Quiet.class);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration A_MOMENT = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(2);
    /** How long requests wait, one attempt after another: most are through in milliseconds, amoCRM gives a door two seconds. */
    private static final List<Duration> HOLDS = List.of(Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofMillis(500),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final CamelContext camel;
    private final DoorHold hold;
    private final Duration patience;

    /**
     * @param camel runs the routes
     * @param hold lets requests wait
     * @param patience how long work under way is waited for
     */
    Quiet(CamelContext camel, DoorHold hold, Duration patience) {
        this.camel = camel;
        this.hold = hold;
        this.patience = patience;
    }

    /**
     * Does something in such a moment.
     *
     * @param plan which routes are exchanged, and which workers need not be waited for
     * @param something what to do; it may take the routes away. It is given the ids of the workers that are left alone to finish what
     *         they have begun: they claim nothing any more
     * @return false when there was no such moment, and nothing was done
     */
    boolean during(Plan plan, Consumer<Set<String>> something) {
        Set<String> routes = new TreeSet<>(plan.goneRoutes());
        Set<String> entries = new TreeSet<>(plan.entries());
        Map<String, SuspendableService> workers = workers(entries);
        workers.values().forEach(SuspendableService::suspend);
        try {
            Set<String> busy = busy(workers, plan.mayGoOn());
            if (!plan.mayGoOn().containsAll(busy)) {
                LOG.info("routes: an edit waits until the work is done that is under way in {}", String.join(", ", busy));
                if (!await(patience, () -> plan.mayGoOn().containsAll(busy(workers)))) {
                    return false;
                }
                busy = busy(workers);
            }
            routes.removeAll(busy);
            entries.removeAll(busy);
            Set<String> leftAlone = busy;
            for (Duration most : HOLDS) {
                long begin = System.nanoTime();
                hold.close();
                try {
                    if (await(most, () -> hold.isQuiet() && entries.stream().allMatch(this::isIdle) && routes.stream().allMatch(this::isIdle))) {
                        something.accept(leftAlone);
                        workers.keySet().removeAll(leftAlone);
                        LOG.info("routes: requests waited {} ms at most", Duration.ofNanos(System.nanoTime() - begin).toMillis());
                        return true;
                    }
                } finally {
                    hold.open();
                }
                // those who waited go first
                await(most, () -> false);
            }
            return false;
        } finally {
            // those that are still there
            workers.values().stream().filter(SuspendableService::isSuspended).forEach(SuspendableService::resume);
        }
    }

    /** @return consumers of inbox and outbox that are at work; one that an operator has suspended is not touched */
    private Map<String, SuspendableService> workers(Set<String> entries) {
        Map<String, SuspendableService> workers = new TreeMap<>();
        for (String id : entries) {
            Route route = camel.getRoute(id);
            if (route != null && route.getConsumer() instanceof Worker && route.getConsumer() instanceof SuspendableService service
                    && !service.isSuspended() && camel.getRouteController().getRouteStatus(id).isStarted()) {
                workers.put(id, service);
            }
        }
        return workers;
    }

    /** Who does not come to rest soon; those that need not be waited for get less time. */
    private Set<String> busy(Map<String, SuspendableService> workers, Set<String> mayGoOn) {
        await(mayGoOn.isEmpty() ? SHORT : A_MOMENT, () -> busy(workers).isEmpty());
        if (!mayGoOn.containsAll(busy(workers))) {
            await(SHORT, () -> mayGoOn.containsAll(busy(workers)));
        }
        return busy(workers);
    }

    private static Set<String> busy(Map<String, SuspendableService> workers) {
        return workers.entrySet().stream().filter(worker -> !((Worker) worker.getValue()).isIdle()).map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isIdle(String id) {
        Route route = camel.getRoute(id);
        boolean behind = route != null && route.getConsumer() instanceof PlatformHttpConsumerAware aware
                && aware.getPlatformHttpConsumer() instanceof Door door && !door.isEmpty();
        return !behind && camel.getInflightRepository().size(id) == 0;
    }

    private boolean await(Duration most, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= end || camel.isStopping() || camel.isStopped()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK.toMillis()));
        }
        return true;
    }
}
