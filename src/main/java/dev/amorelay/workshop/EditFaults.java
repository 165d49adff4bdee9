package dev.amorelay.workshop;

import dev.amorelay.work.RunTooLong;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Sees which routes fail by a fault of their own, like an expression that reads what is not there, and tells where a route does so after
 * an edit and did not before. A refusal that the relay means, a database or another side that is away, is no fault of a flow.
 */
class EditFaults extends EventNotifierSupport {

    /** How long an edit is looked after, and how long before it a failure counts. */
    static final Duration LOOKED_AFTER = Duration.ofHours(1);
    /** A fault of Camel's making is the flow's; any other may be the message's, and so more than one are wanted. */
    private static final int FAULTS_OF_DATA = 3;
    private static final int MOST_KEPT = 50;

    private final Clock clock;
    /** The newest faults of each route. */
    private final Map<String, Deque<Instant>> faults = new HashMap<>();
    private final Map<String, Instant> edited = new HashMap<>();
    private Fault found;

    /**
     * A route that fails since an edit.
     *
     * @param route its id
     * @param cause the kind of failure, without what the message said
     */
    record Fault(String route, String cause) {
    }

    EditFaults(Clock clock) {
        this.clock = clock;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeSendingEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeFailureHandledEvent || event instanceof ExchangeFailedEvent) {
            Exchange exchange = ((ExchangeEvent) event).getExchange();
            Throwable failure = exchange.getException() != null ? exchange.getException()
                    : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, exchange.getFromRouteId(), String.class);
            if (failure != null && route != null && isOfTheFlow(failure)) {
                failed(route.replace(Handover.BESIDE, ""), failure);
            }
        }
    }

    /** A route has failed by a fault of its own. */
    synchronized void failed(String route, Throwable failure) {
        Deque<Instant> of = faults.computeIfAbsent(route, id -> new ArrayDeque<>());
        Instant edit = edited.get(route);
        Instant now = clock.instant();
        boolean looked = edit != null && now.isBefore(edit.plus(LOOKED_AFTER));
        boolean failedBefore = looked && of.stream().anyMatch(at -> at.isBefore(edit) && at.isAfter(edit.minus(LOOKED_AFTER)));
        of.addLast(now);
        while (of.size() > MOST_KEPT) {
            of.removeFirst();
        }
        long since = looked ? of.stream().filter(at -> !at.isBefore(edit)).count() : 0;
        if (looked && !failedBefore && found == null && (isOfCamel(failure) || since >= FAULTS_OF_DATA)) {
            found = new Fault(route, root(failure).getClass().getSimpleName());
        }
    }

    /** Routes were edited and are in effect. */
    synchronized void edited(Set<String> routes) {
        routes.forEach(route -> edited.put(route, clock.instant()));
        found = null;
    }

    /** @return a route that fails since its edit and did not before; told once */
    synchronized Optional<Fault> found() {
        Optional<Fault> told = Optional.ofNullable(found);
        told.ifPresent(fault -> edited.remove(fault.route()));
        found = null;
        return told;
    }

    /** It could not be taken back yet. */
    synchronized void again(Fault fault) {
        found = fault;
    }

    /** Whether nobody but the flow can have caused it. */
    static boolean isOfTheFlow(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof RunTooLong) {
                return true;
            }
            if (at.getClass().getName().startsWith("dev.amorelay.") || at instanceof DataAccessException || at instanceof TransactionException
                    || at instanceof SQLException || at instanceof IOException || at instanceof TimeoutException || at instanceof InterruptedException
                    || at.getClass().getName().startsWith("jakarta.mail.") || at.getClass().getName().startsWith("org.springframework.mail.")) {
                return false;
            }
        }
        return true;
    }

    /** Camel itself could not do what the flow says, whatever the message was. */
    private static boolean isOfCamel(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String name = at.getClass().getName();
            if (at instanceof RunTooLong || name.startsWith("org.apache.camel.") && !name.equals("org.apache.camel.RuntimeCamelException")
                    && !name.equals("org.apache.camel.CamelExecutionException") && !name.contains("Timeout") && !name.contains("Rejected")) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
