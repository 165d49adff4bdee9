package dev.amorelay.work;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers which rows this process holds, and renews their leases while it lives. A process that is held up for longer than a
 * lease does not notice it by itself: {@link #fence()} stops what it is about to do to the outside.
 */
@Component
public class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** So long after a claim or a renewal was begun a row is ours beyond doubt, the way to the database counted in. */
    private static final Duration SURELY = WorkTable.LEASE.minusSeconds(1);

    private final Map<Claimed, Held> held = new ConcurrentHashMap<>();
    /** Rows that a renewal did not find: settled in this very moment, or lost. The next renewal tells. */
    private final Set<Claimed> missed = ConcurrentHashMap.newKeySet();
    private final Set<Claimed> gone = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Collection<? extends Claimed>> atWork = ThreadLocal.withInitial(List::of);
    private final LongSupplier nanos;
    // a thread of its own: whatever else is scheduled may wait for amoCRM for longer than a lease lasts
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "leases");
        thread.setDaemon(true);
        return thread;
    });

    /** @param since when the last claim or renewal that succeeded was begun, in nanoseconds */
    private record Held(WorkTable<?> table, long since) {
    }

    /** A keeper that goes by the machine's clock. */
    public LeaseKeeper() {
        this(System::nanoTime);
    }

    LeaseKeeper(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @return the moment, to be noted before a claim */
    long now() {
        return nanos.getAsLong();
    }

    /**
     * Starts to renew rows.
     *
     * @param table their table
     * @param rows rows just claimed
     * @param <T> kind of row
     */
    public <T extends Claimed> void hold(WorkTable<T> table, Collection<T> rows) {
        hold(table, rows, now());
    }

    <T extends Claimed> void hold(WorkTable<T> table, Collection<T> rows, long claimedAt) {
        rows.forEach(row -> held.put(row, new Held(table, claimedAt)));
    }

    /** Notes what the calling thread works on from now on; nothing = its work is over. */
    void atWork(Collection<? extends Claimed> rows) {
        gone.removeAll(atWork.get());
        atWork.set(rows);
    }

    /**
     * To be called right before something is done to the outside that cannot be taken back. What has been settled already
     * does not matter.
     *
     * @throws LeaseLost when a row that the calling thread works on may be another worker's by now
     */
    public void fence() {
        for (Claimed row : atWork.get()) {
            Held ours = held.get(row);
            if (gone.contains(row) || ours != null && (missed.contains(row) || now() - ours.since() > SURELY.toNanos())) {
                throw new LeaseLost(row);
            }
        }
    }

    /**
     * Ends the renewal of a row.
     *
     * @param row a row that is settled, or given up
     * @return whether it was still held, that is, not settled before
     */
    public boolean release(Claimed row) {
        boolean wasHeld = held.remove(row) != null;
        missed.remove(row);
        return wasHeld;
    }

    /**
     * Ends the renewal of a settled row: at once, or with the commit of the transaction that settles it.
     *
     * @param row a settled row
     */
    public void settled(Claimed row) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            release(row);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                release(row);
            }
        });
    }

    /**
     * Whether a row is still unsettled.
     *
     * @param row a claimed row
     * @return true until it is settled or lost
     */
    public boolean holds(Claimed row) {
        return held.containsKey(row);
    }

    /**
     * The table of a row that is still unsettled.
     *
     * @param row a claimed row
     * @param <T> kind of row
     * @return its table; empty when the row is settled or lost
     */
    @SuppressWarnings("unchecked")
    public <T extends Claimed> Optional<WorkTable<T>> tableOf(T row) {
        return Optional.ofNullable(held.get(row)).map(ours -> (WorkTable<T>) ours.table());
    }

    /** Renews three times within the life of a lease, so that a slow moment loses none. */
    @PostConstruct
    void start() {
        start(WorkTable.LEASE.dividedBy(3));
    }

    void start(Duration pause) {
        clock.scheduleWithFixedDelay(this::renew, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends with the last: while the routes finish their work, its leases are still renewed. */
    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }

    /** Prolongs every lease. What fails for one table is tried again in the next round, and costs no other table its own. */
    public void renew() {
        for (WorkTable<?> table : held.values().stream().map(Held::table).collect(Collectors.toSet())) {
            try {
                renewAllOf(table);
            } catch (RuntimeException e) {
                LOG.warn("leases could not be renewed now: {}", e.getMessage());
            }
        }
    }

    private <T extends Claimed> void renewAllOf(WorkTable<T> table) {
        @SuppressWarnings("unchecked")
        List<T> rows = held.entrySet().stream().filter(e -> e.getValue().table() == table).map(e -> (T) e.getKey()).toList();
        if (rows.isEmpty()) {
            return;
        }
        long begun = now();
        Set<Long> ours = table.renew(rows);
        for (T row : rows) {
            if (ours.contains(row.id())) {
                missed.remove(row);
                held.computeIfPresent(row, (same, before) -> new Held(table, begun));
            } else if (missed.add(row)) {
                // between its commit and the call that ends its renewal a settled row looks the same
                forgetIfSettled(row);
            } else {
                lost(row);
            }
        }
    }

    /** A row that was released meanwhile will not be renewed again, so nobody else would forget it. */
    private void forgetIfSettled(Claimed row) {
        if (!holds(row)) {
            missed.remove(row);
        }
    }

    /**
     * Ends the renewal of a row that another worker has claimed meanwhile.
     *
     * @param row a row that is no longer ours
     */
    public void lost(Claimed row) {
        if (giveUp(row)) {
            LOG.warn("lease of {} was lost: another worker has it now", row.label());
        }
    }

    /**
     * Ends the renewal of a row while it is being worked on: from now on {@link #fence()} stops what is done for it.
     *
     * @param row a row that another worker has, or is to have
     * @return whether it was still held
     */
    boolean giveUp(Claimed row) {
        // in this order: a fence finds it in one of the two
        gone.add(row);
        boolean wasHeld = release(row);
        if (!wasHeld) {
            gone.remove(row);
        }
        return wasHeld;
    }
}
