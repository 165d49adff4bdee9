package dev.amorelay.work;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.SuspendableService;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Claims rows and lets the route work on them, with one thread a worker. A row that the route has not settled
 * by itself is done when the exchange ends well, and goes to the {@link FailurePolicy} when it does not.
 */
class WorkConsumer<T extends Claimed> extends DefaultConsumer implements Worker, SuspendableService, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(WorkConsumer.class);
    // claimed beforehand, the others would be in doubt with the first one when the process dies, or, where the database is
    // gone, be performed one after another without one of them being settled
    private static final int ONE_BY_ONE = 1;
    /** Claiming all that waits, only to put it off again, would cost the database more than the work itself. */
    private static final Duration WHILE_THE_WAY_IS_CLOSED = Duration.ofSeconds(5);
    /** Where it looks very often, it may look sooner then, too. */
    private static final int LOOKS_WHILE_THE_WAY_IS_CLOSED = 50;
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    private final WorkEndpoint endpoint;
    private final WorkTable<T> table;
    private final DueQueues due;
    private final LeaseKeeper keeper;
    private final FailurePolicy failures;
    private final ClaimWatch claims;
    private final LeftOpen<T> leftOpen;
    /** Whom each worker serves. */
    private final List<String> accounts;
    /** Claimed and not begun, and begun: whoever takes a row out of its set may give it back, or work on it. */
    private final Set<T> waiting = ConcurrentHashMap.newKeySet();
    private final Set<T> begun = ConcurrentHashMap.newKeySet();
    private final AtomicInteger polling = new AtomicInteger();
    /** Calls an account's second worker, where it has one. */
    private final Map<String, Semaphore> relief = new ConcurrentHashMap<>();
    private @Nullable ExecutorService workers;
    private volatile boolean closing;

    WorkConsumer(WorkEndpoint endpoint, Processor processor, WorkTable<T> table, DueQueues due,
                 LeaseKeeper keeper, FailurePolicy failures, ClaimWatch claims, List<String> accounts) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.table = table;
        this.due = due;
        this.keeper = keeper;
        this.failures = failures;
        this.claims = claims;
        this.leftOpen = new LeftOpen<>(table, failures, (message, failure) -> getExceptionHandler().handleException(message, failure));
        this.accounts = accounts;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        closing = false;
        workers = endpoint.getCamelContext().getExecutorServiceManager()
                .newFixedThreadPool(this, endpoint.getEndpointUri(), accounts.size() * (endpoint.isRelief() ? 2 : 1));
        for (String account : accounts) {
            workers.execute(() -> serve(account));
            if (endpoint.isRelief()) {
                Semaphore called = relief.computeIfAbsent(account, name -> new Semaphore(0));
                workers.execute(() -> relieve(account, called));
            }
        }
    }

    /** Nothing more is claimed; what is under way gets the time of Camel's shutdown to finish. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        closing = true;
        giveBack(waiting, false);
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        // what is under way is counted as in flight; nothing else is pending
        return 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing to prepare
    }

    /** What was not begun goes back at once: another node need not wait for what is under way here. */
    @Override
    protected void doSuspend() throws Exception {
        super.doSuspend();
        giveBack(waiting, false);
    }

    /** By now what is under way has had its time to finish; it goes back too, in doubt, and whatever it ends with is stale. */
    @Override
    protected void doStop() throws Exception {
        super.doStop();
        // a route that was only tried has no workers
        if (workers != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(workers);
        }
        giveBack(waiting, false);
        giveBack(begun, true);
    }

    private void giveBack(Set<T> rows, boolean cutOff) {
        for (T row : Set.copyOf(rows)) {
            try {
                if (rows.remove(row) && (cutOff ? keeper.giveUp(row) : keeper.release(row))) {
                    LOG.info("{} goes back, this node stops", row.label());
                    table.postpone(row, new Postponement(cutOff ? table.restAfterCut() : Duration.ZERO, null, false, cutOff));
                }
            } catch (RuntimeException e) {
                LOG.warn("{} comes back when its lease ends: {}", row.label(), e.getMessage());
            }
        }
    }

    private void serve(String account) {
        Pace pace = new Pace(endpoint);
        DueQueues.Look look = due.look(new WorkQueue(endpoint.getKind(), account), Duration.ofMillis(endpoint.getDelay()).dividedBy(2));
        boolean well = true;
        boolean busy = false;
        while (isRunAllowed()) {
            long pause;
            try {
                int found = busy || look.await() ? pollUnlessStopping(account) : 0;
                busy = found > 0;
                pause = pace.after(found);
                if (failures.metClosedWay()) {
                    pause = Math.min(WHILE_THE_WAY_IS_CLOSED.toMillis(), LOOKS_WHILE_THE_WAY_IS_CLOSED * endpoint.getDelay());
                }
                well = true;
                claims.succeeded(endpoint.getKind(), account);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) {
                // an Error too: it would end the thread, and this kind of work would lie until the next start
                pause = PAUSE_AFTER_ERROR.toMillis();
                if (well && due.isNews(e)) {
                    LOG.warn("{}: no work can be claimed now: {}", endpoint.getEndpointUri(), NestedExceptionUtils.getMostSpecificCause(e).toString());
                }
                well = false;
                claims.failed(endpoint.getKind(), account, e);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The second worker: called by who has claimed a full batch, and at it for as long as it finds full ones itself. */
    private void relieve(String account, Semaphore called) {
        try {
            while (isRunAllowed()) {
                called.acquire();
                called.drainPermits();
                try {
                    pollUnlessStopping(account);
                    if (failures.metClosedWay()) {
                        // the first worker tries again when it is time
                        called.drainPermits();
                    }
                } catch (Throwable e) {
                    LOG.debug("{}: the first worker tells what is wrong", endpoint.getEndpointUri(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isIdle() {
        return polling.get() == 0;
    }

    /** Counted before it is asked: once told to stop and idle, it stays idle. */
    private int pollUnlessStopping(String account) {
        polling.incrementAndGet();
        try {
            return isToldToStop() || !isStarted() ? 0 : poll(account);
        } finally {
            polling.decrementAndGet();
        }
    }

    private int poll(String account) {
        boolean together = endpoint.getBatch() > 0;
        long moment = keeper.now();
        List<T> rows = table.claim(endpoint.getKind(), account, together ? endpoint.getBatch() : ONE_BY_ONE);
        keeper.hold(table, rows, moment);
        if (together && rows.size() >= endpoint.getBatch() && endpoint.isRelief()) {
            relief.get(account).release();
        }
        waiting.addAll(rows);
        if (isToldToStop()) {
            giveBack(waiting, false);
            return 0;
        }
        if (together) {
            // what has failed before goes alone, so that one bad row takes no others with it
            List<T> clean = rows.stream().filter(row -> !isSuspect(row)).toList();
            List<T> ours = clean.stream().filter(this::begin).toList();
            if (!ours.isEmpty()) {
                work(ours, ours);
            }
            rows.stream().filter(WorkConsumer::isSuspect).forEach(row -> workUnlessStopping(row, List.of(row)));
        } else {
            rows.forEach(row -> workUnlessStopping(row, row));
        }
        // what workers have died over comes in small batches that are all there is to wait for: nothing gathers behind them
        return rows.stream().anyMatch(row -> row.lapses() > 1) ? Math.max(rows.size(), endpoint.getBatch()) : rows.size();
    }

    /** What workers have died over is claimed in ever smaller batches, see {@code claim_size()}. */
    private static boolean isSuspect(Claimed row) {
        return row.failures() > 0;
    }

    private void workUnlessStopping(T row, Object body) {
        if (isToldToStop()) {
            giveBack(waiting, false);
        } else if (begin(row)) {
            work(List.of(row), body);
        }
    }

    private boolean isToldToStop() {
        return closing || !isRunAllowed() || isSuspendingOrSuspended();
    }

    private boolean begin(T row) {
        // in both for a moment rather than in none
        begun.add(row);
        boolean ours = waiting.remove(row);
        if (!ours) {
            begun.remove(row);
        }
        return ours;
    }

    private void work(List<T> rows, Object body) {
        Exchange exchange = createExchange(false);
        exchange.getIn().setBody(body);
        exchange.setProperty(FailurePolicy.CLAIMED, rows);
        exchange.setProperty(WorkEndpoint.STOPPING, (BooleanSupplier) this::isToldToStop);
        keeper.atWork(rows);
        try {
            createUoW(exchange);
            getProcessor().process(exchange);
        } catch (Throwable e) {
            // an Error too: it would end the thread, and this kind of work would lie until the next start
            exchange.setException(e);
        }
        try {
            leftOpen.settle(rows.stream().filter(keeper::holds).toList(), exchange.getException());
        } finally {
            // whatever could not be settled comes back when its lease ends
            rows.forEach(keeper::release);
            rows.forEach(begun::remove);
            keeper.atWork(List.of());
            doneUoW(exchange);
            releaseExchange(exchange, false);
            // an effect may owe the next, or become one of another kind, in a commit that no transaction tells of
            due.askSoon();
        }
    }
}
