package dev.amorelay.work;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.SuspendableService;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims rows and lets the route work on them, with one thread an account. A row that the route has not settled
 * by itself is done when the exchange ends well, and goes to the {@link FailurePolicy} when it does not.
 */
class WorkConsumer<T extends Claimed> extends DefaultConsumer implements SuspendableService {

    private static final Logger LOG = LoggerFactory.getLogger(WorkConsumer.class);
    // claimed beforehand, the others would be in doubt with the first one when the process dies, or, where the database is
    // gone, be performed one after another without one of them being settled
    private static final int ONE_BY_ONE = 1;
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    private final WorkEndpoint endpoint;
    private final WorkTable<T> table;
    private final LeaseKeeper keeper;
    private final FailurePolicy failures;
    private final List<String> accounts;
    private ExecutorService workers;

    WorkConsumer(WorkEndpoint endpoint, Processor processor, WorkTable<T> table, LeaseKeeper keeper,
                 FailurePolicy failures, List<String> accounts) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.table = table;
        this.keeper = keeper;
        this.failures = failures;
        this.accounts = accounts;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = endpoint.getCamelContext().getExecutorServiceManager()
                .newFixedThreadPool(this, endpoint.getEndpointUri(), accounts.size());
        accounts.forEach(account -> workers.execute(() -> serve(account)));
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
        super.doStop();
    }

    private void serve(String account) {
        boolean well = true;
        while (isRunAllowed()) {
            long pause = endpoint.getDelay();
            try {
                int worked = isSuspendingOrSuspended() || !isStarted() ? 0 : poll(account);
                if (worked > 0) {
                    pause = worked < endpoint.getBatch() ? endpoint.getGather() : 0;
                }
                well = true;
            } catch (Exception e) {
                pause = PAUSE_AFTER_ERROR.toMillis();
                if (well) {
                    LOG.warn("{}: no work can be claimed now: {}", endpoint.getEndpointUri(), e.getMessage());
                }
                well = false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private int poll(String account) {
        boolean together = endpoint.getBatch() > 0;
        long moment = keeper.now();
        List<T> rows = table.claim(endpoint.getKind(), account, together ? endpoint.getBatch() : ONE_BY_ONE);
        keeper.hold(table, rows, moment);
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
        keeper.atWork(rows);
        try {
            createUoW(exchange);
            getProcessor().process(exchange);
        } catch (Throwable e) {
            // an Error too: it would end the thread, and this kind of work would lie until the next start
            exchange.setException(e);
        }
        try {
            rows.stream().filter(keeper::holds).forEach(row -> settle(row, exchange));
        } finally {
            // whatever could not be settled comes back when its lease ends
            rows.forEach(keeper::release);
            keeper.atWork(List.of());
            doneUoW(exchange);
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
