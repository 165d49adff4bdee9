package dev.amorelay.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Work in memory: rows that wait, and what became of them. */
class MemoryTable implements WorkTable<Row> {

    /** What became of a row. */
    record Settled(long row, String outcome, String reason, Postponement postponement) {
    }

    final Deque<Row> waiting = new ConcurrentLinkedDeque<>();
    final List<Settled> settled = new CopyOnWriteArrayList<>();
    final List<Set<Long>> renewed = new CopyOnWriteArrayList<>();
    final Set<Long> taken = new java.util.concurrent.ConcurrentSkipListSet<>();
    /** What the next claim ends with; null for a good end. */
    volatile Error failing;
    /** What the next settlements end with, one each. */
    final Deque<RuntimeException> away = new ConcurrentLinkedDeque<>();
    /** How many rows each statement gave back together. */
    final List<Integer> together = new CopyOnWriteArrayList<>();
    private final LeaseKeeper keeper;

    MemoryTable(LeaseKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public List<Row> claim(String kind, String account, int batch) {
        Error error = failing;
        if (error != null) {
            failing = null;
            throw error;
        }
        List<Row> claimed = new ArrayList<>();
        while (claimed.size() < batch && !waiting.isEmpty()) {
            claimed.add(waiting.poll());
        }
        return claimed;
    }

    @Override
    public Set<Long> renew(Collection<Row> held) {
        Set<Long> ids = held.stream().map(Row::id).collect(Collectors.toSet());
        renewed.add(ids);
        return ids.stream().filter(id -> !taken.contains(id)).collect(Collectors.toSet());
    }

    @Override
    public void done(Row row) {
        settle(row, new Settled(row.id(), "done", null, null));
    }

    @Override
    public void postpone(Row row, Postponement postponement) {
        settle(row, new Settled(row.id(), "postponed", postponement.reason(), postponement));
    }

    @Override
    public void postponeAll(Map<Row, Duration> delays, String reason, boolean tried, boolean inDoubt) {
        fail();
        together.add(delays.size());
        WorkTable.super.postponeAll(delays, reason, tried, inDoubt);
    }

    private void fail() {
        RuntimeException failure = away.poll();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void bury(Row row, String reason) {
        settle(row, new Settled(row.id(), "dead", reason, null));
    }

    private void settle(Row row, Settled how) {
        fail();
        if (taken.contains(row.id())) {
            throw new LeaseLost(row);
        }
        settled.add(how);
        keeper.settled(row);
    }
}
