package dev.amorelay.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The faults in force at one place. Safe for many threads; runs repeat as far as the calls come in the same order. */
public final class FaultList<K extends Enum<K>> {

    private final Class<K> kinds;
    private final List<Armed<K>> armed = new ArrayList<>();
    private CountDownLatch cleared = new CountDownLatch(1);

    /** @param kinds what can go wrong here */
    public FaultList(Class<K> kinds) {
        this.kinds = kinds;
    }

    /** A fault with its dice and what they gave. */
    private static final class Armed<K extends Enum<K>> {
        private final Fault<K> fault;
        private final Random dice;
        private long seen;
        private long hits;

        Armed(Fault<K> fault) {
            this.fault = fault;
            this.dice = new Random(fault.seed());
        }

        boolean strikes() {
            seen++;
            // the dice fall for every call, so that a spent count does not change the sequence
            boolean hit = dice.nextDouble() * 100 < fault.percent() && (fault.count() == 0 || hits < fault.count());
            hits += hit ? 1 : 0;
            return hit;
        }
    }

    /**
     * Adds a fault after those in force.
     *
     * @throws IllegalArgumentException that says what is wrong with the wish
     */
    public Fault<K> add(JsonNode wish) {
        Fault<K> fault = Fault.parse(wish, kinds);
        synchronized (armed) {
            armed.add(new Armed<>(fault));
        }
        return fault;
    }

    /** Removes all; who is held by one goes on. */
    public void clear() {
        synchronized (armed) {
            armed.clear();
            cleared.countDown();
            cleared = new CountDownLatch(1);
        }
    }

    /**
     * Throws the dice of every fault in scope, in the order they were added.
     *
     * @param method and {@code path} of the call, as a scope names them
     * @param applies what else must hold
     * @return the first that hits; the later ones are not asked
     */
    public Optional<Fault<K>> draw(String method, String path, Predicate<Fault<K>> applies) {
        synchronized (armed) {
            return armed.stream().filter(one -> one.fault.scope().holds(method, path) && applies.test(one.fault))
                    .filter(Armed::strikes).map(one -> one.fault).findFirst();
        }
    }

    /** Waits; ends early when the faults are cleared. */
    public void hold(Duration length) {
        CountDownLatch end;
        synchronized (armed) {
            end = cleared;
        }
        try {
            end.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return {@code {fault, percent, count, on, seed, …, seen, hits}} of each */
    public List<ObjectNode> view() {
        synchronized (armed) {
            return armed.stream().map(one -> one.fault.view().put("seen", one.seen).put("hits", one.hits)).toList();
        }
    }
}
