package dev.amorelay.workshop;

import dev.amorelay.doors.Door;
import dev.amorelay.doors.DoorHold;
import dev.amorelay.work.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.SuspendableService;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumerAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a moment in which nothing is under way in some routes, without refusing anything: workers claim no more, requests wait at
 * the doors, and what is under way is finished by the routes in which it began.
 */
class Quiet {

    private static final Logger LOG = LoggerFactory.getLogger(Quiet.class);
    private static final Duration SHORT = Duration.ofSeconds(2);
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
     * @param routes ids of the routes in which nothing may be under way
     * @param entries ids of the routes that begin outside and lead there
     * @param something what to do; it may take the routes away
     * @return false when there was no such moment, and nothing was done
     */
    boolean during(Set<String> routes, Set<String> entries, Runnable something) {
        List<SuspendableService> workers = workers(entries);
        workers.forEach(SuspendableService::suspend);
        try {
            BooleanSupplier idle = () -> workers.stream().allMatch(worker -> ((Worker) worker).isIdle());
            if (!await(SHORT, idle)) {
                LOG.info("routes: an edit waits until the work is done that is under way in {}", String.join(", ", entries));
                if (!await(patience, idle)) {
                    return false;
                }
            }
            for (Duration most : HOLDS) {
                long begin = System.nanoTime();
                hold.close();
                try {
                    if (await(most, () -> hold.isQuiet() && entries.stream().allMatch(this::isIdle) && routes.stream().allMatch(this::isIdle))) {
                        something.run();
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
            workers.stream().filter(SuspendableService::isSuspended).forEach(SuspendableService::resume);
        }
    }

    /** @return consumers of inbox and outbox that are at work; one that an operator has suspended is not touched */
    private List<SuspendableService> workers(Set<String> entries) {
        List<SuspendableService> workers = new ArrayList<>();
        for (String id : entries) {
            Route route = camel.getRoute(id);
            if (route != null && route.getConsumer() instanceof Worker && route.getConsumer() instanceof SuspendableService service
                    && !service.isSuspended() && camel.getRouteController().getRouteStatus(id).isStarted()) {
                workers.add(service);
            }
        }
        return workers;
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
