package dev.amorelay.work;

import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;

/**
 * Claims rows and lets the route work on them. A row that the route has not settled by itself is done when
 * the exchange ends well, and goes to the {@link FailurePolicy} when it does not.
 */
class WorkConsumer<T extends Claimed> extends ScheduledPollConsumer {

    private static final int ONE_BY_ONE = 20;

    private final WorkEndpoint endpoint;
    private final WorkTable<T> table;
    private final LeaseKeeper keeper;
    private final FailurePolicy failures;

    WorkConsumer(WorkEndpoint endpoint, Processor processor, WorkTable<T> table, LeaseKeeper keeper,
                 FailurePolicy failures) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.table = table;
        this.keeper = keeper;
        this.failures = failures;
    }

    @Override
    protected int poll() {
        boolean together = endpoint.getBatch() > 0;
        List<T> rows = table.claim(endpoint.getKind(), together ? endpoint.getBatch() : ONE_BY_ONE);
        forceConsumerAsReady();
        if (rows.isEmpty()) {
            return 0;
        }
        keeper.hold(table, rows);
        if (together) {
            // what has failed before goes alone, so that one bad row takes no others with it
            List<T> clean = rows.stream().filter(row -> row.failures() == 0).toList();
            if (!clean.isEmpty()) {
                work(clean, clean);
            }
            rows.stream().filter(row -> row.failures() > 0).forEach(row -> workUnlessStopping(row, List.of(row)));
        } else {
            rows.forEach(row -> workUnlessStopping(row, row));
        }
        return rows.size();
    }

    private void workUnlessStopping(T row, Object body) {
        if (isRunAllowed() && !isSuspendingOrSuspended()) {
            work(List.of(row), body);
        } else if (keeper.release(row)) {
            table.postpone(row, new Postponement(Duration.ZERO, null, false, false));
        }
    }

    private void work(List<T> rows, Object body) {
        Exchange exchange = createExchange(false);
        exchange.getIn().setBody(body);
        exchange.setProperty(FailurePolicy.CLAIMED, rows);
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        try {
            rows.stream().filter(keeper::holds).forEach(row -> settle(row, exchange));
        } finally {
            // whatever could not be settled comes back when its lease ends
            rows.forEach(keeper::release);
            releaseExchange(exchange, false);
        }
    }

    private void settle(T row, Exchange exchange) {
        try {
            if (exchange.getException() == null) {
                table.done(row);
            } else {
                failures.settle(row, exchange.getException());
            }
        } catch (Exception e) {
            getExceptionHandler().handleException("could not settle " + row.label(), e);
        }
    }
}
