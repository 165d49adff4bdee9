package dev.amorelay.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.webhooks.Arrival;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.HookEvent;
import dev.amorelay.webhooks.Inbox;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.Postponement;
import dev.amorelay.work.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessResourceFailureException;

/** The inbox without a database: events that wait, what became of them, and what was stored. */
final class MemoryInbox extends Inbox {

    /** The number of the account that the events come from. */
    static final long ACCOUNT = 777;

    final List<Settled> settled = new CopyOnWriteArrayList<>();
    final List<HookEvent> stored = new CopyOnWriteArrayList<>();
    volatile boolean databaseIsDown;
    private final ConcurrentLinkedQueue<Event> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong();
    private final LeaseKeeper keeper;

    MemoryInbox(LeaseKeeper keeper) {
        super(null, null, keeper);
        this.keeper = keeper;
    }

    /** Lets events wait; they are claimed together. */
    void await(Event... events) {
        waiting.addAll(List.of(events));
    }

    /** A first claim of an event like {@code lead.status}. */
    Event event(String type, String entityId, String payload) {
        JsonNode fields = Json.read(payload);
        return new Event(ids.incrementAndGet(), 1, type, type.split("\\.")[0], entityId, "default", ACCOUNT, fields, 1, 0);
    }

    @Override
    public int storeInTime(List<List<Arrival>> hooks) {
        if (databaseIsDown) {
            throw new DataAccessResourceFailureException("no connection");
        }
        hooks.forEach(hook -> hook.forEach(arrival -> stored.add(arrival.event())));
        return hooks.stream().mapToInt(List::size).sum();
    }

    @Override
    public Set<WorkQueue> due(Set<WorkQueue> queues) {
        return queues;
    }

    @Override
    public List<Event> claim(String kind, String account, int batch) {
        List<Event> claimed = new ArrayList<>();
        waiting.stream().limit(batch).forEach(claimed::add);
        waiting.removeAll(claimed);
        return claimed;
    }

    @Override
    public Set<Long> renew(Collection<Event> held) {
        return held.stream().map(Event::id).collect(Collectors.toSet());
    }

    @Override
    public void done(Collection<Event> events) {
        events.forEach(event -> settle(event, "done", null, null));
    }

    @Override
    public void stored(Collection<Event> events) {
        events.forEach(event -> settle(event, "stored", null, null));
    }

    @Override
    public void bury(Event event, String reason) {
        settle(event, "dead", reason, null);
    }

    @Override
    public void postpone(Event event, Postponement why) {
        settle(event, "postponed", why.reason(), why);
    }

    @Override
    public void postponeAll(Map<Event, Duration> delays, String reason, boolean tried, boolean inDoubt) {
        delays.forEach((event, delay) -> postpone(event, new Postponement(delay, reason, false, inDoubt)));
    }

    private void settle(Event event, String outcome, String detail, Postponement why) {
        settled.add(new Settled(event.id(), outcome, detail, why));
        keeper.settled(event);
    }
}
