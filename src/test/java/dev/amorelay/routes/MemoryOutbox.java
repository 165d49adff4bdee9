package dev.amorelay.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.Postponement;
import dev.amorelay.work.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The outbox without a database: effects that wait, what became of them, and what was owed anew. */
final class MemoryOutbox extends Outbox {

    /** An effect that a flow has owed. */
    record Owed(String kind, String key, String subject, JsonNode payload) {
    }

    final List<Settled> settled = new CopyOnWriteArrayList<>();
    final List<Owed> owed = new CopyOnWriteArrayList<>();
    /** Effects whose lease another worker has taken. */
    final Set<Effect> lost = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Effect> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong();
    private final LeaseKeeper keeper;

    MemoryOutbox(LeaseKeeper keeper) {
        super(null, keeper);
        this.keeper = keeper;
    }

    /** Lets effects wait; they are claimed together. */
    synchronized void await(Effect... effects) {
        waiting.addAll(List.of(effects));
    }

    /** How many effects of a kind wait. */
    synchronized long waiting(String kind) {
        return waiting.stream().filter(effect -> effect.kind().equals(kind)).count();
    }

    /** A first claim of an effect. */
    Effect effect(String kind, String subject, Map<String, Object> payload) {
        return effect(kind, subject, payload, false);
    }

    /** A claim of an effect, perhaps of one that may have been performed before. */
    Effect effect(String kind, String subject, Map<String, Object> payload, boolean inDoubt) {
        long id = ids.incrementAndGet();
        return new Effect(id, 1, kind, "default", kind + ":" + subject, subject, payload, inDoubt ? 2 : 1, 0, inDoubt);
    }

    @Override
    public boolean owe(String kind, String account, String key, String subject, JsonNode payload) {
        return owed.add(new Owed(kind, key, subject, payload));
    }

    @Override
    public void owe(String kind, String account, Collection<Debt> debts) {
        debts.forEach(debt -> owe(kind, account, debt.key(), debt.subject(), debt.payload()));
    }

    @Override
    public List<Effect> done(Collection<Effect> effects, Function<Effect, String> externalId) {
        List<Effect> ours = effects.stream().filter(effect -> !lost.contains(effect)).toList();
        ours.forEach(effect -> done(effect, externalId.apply(effect)));
        lost.forEach(keeper::lost);
        return ours;
    }

    /** In one piece, as the statement of the real one: a worker of the other kind claims all of them or none. */
    @Override
    public synchronized void handOver(Collection<Effect> effects, String kind) {
        effects.forEach(effect -> {
            keeper.settled(effect);
            waiting.add(new Effect(effect.id(), effect.lease() + 1, kind, effect.account(), effect.key(), effect.subject(),
                    effect.payload(), 1, effect.failures(), effect.inDoubt()));
        });
    }

    @Override
    public Set<WorkQueue> due(Set<WorkQueue> queues) {
        return queues;
    }

    @Override
    public synchronized List<Effect> claim(String kind, String account, int batch) {
        List<Effect> claimed = new ArrayList<>();
        waiting.stream().filter(effect -> effect.kind().equals(kind)).limit(batch).forEach(claimed::add);
        waiting.removeAll(claimed);
        return claimed;
    }

    @Override
    public Set<Long> renew(Collection<Effect> held) {
        return held.stream().map(Effect::id).collect(Collectors.toSet());
    }

    @Override
    public void done(Effect effect, String externalId) {
        settle(effect, "done", externalId, null);
    }

    @Override
    public void skip(Effect effect, String reason) {
        settle(effect, "skipped", reason, null);
    }

    @Override
    public void bury(Effect effect, String reason) {
        settle(effect, "dead", reason, null);
    }

    @Override
    public void postpone(Effect effect, Postponement why) {
        settle(effect, "postponed", why.reason(), why);
    }

    @Override
    public void postponeAll(Map<Effect, Duration> delays, String reason, boolean tried, boolean inDoubt) {
        delays.forEach((effect, delay) -> postpone(effect, new Postponement(delay, reason, false, inDoubt)));
    }

    private void settle(Effect effect, String outcome, String detail, Postponement why) {
        settled.add(new Settled(effect.id(), outcome, detail, why));
        keeper.settled(effect);
    }
}
