package dev.amorelay.security;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Large bodies are unpacked, read and stored one after the other, and after each one comes a rest as long as it took: however many
 * come, they have half a processor together, and the memory of one. A few may arrive and wait meanwhile. Where there is no place for
 * another, one gives way that has been arriving for long, or the last one of the address that has most; else the newcomer is refused.
 */
final class LargeBodies {

    /** What they take is not much: bytes as they arrive, and a thread each. */
    static final int PLACES = 6;
    /** So many wait for their turn; those behind them would wait in vain, and be held in memory until they are refused. */
    static final int MOST_WAITING = 2;
    private static final long SLOW = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_REST = Duration.ofSeconds(1).toNanos();
    private static final long MILLISECOND = 1_000_000;

    private final Duration patience;
    private final LongSupplier nanos;
    private final List<Place> places = new ArrayList<>();
    /** Those that have arrived, the first of which is next. */
    private final Deque<Place> arrived = new ArrayDeque<>();
    private Place reading;
    private long restUntil;

    /**
     * @param patience how long one that has arrived waits for its turn
     */
    LargeBodies(Duration patience) {
        this(patience, System::nanoTime);
    }

    /** @param nanos a clock */
    LargeBodies(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
        this.restUntil = nanos.getAsLong();
    }

    /**
     * A body turns out to be a large one.
     *
     * @param network whose, see {@link ClientNetwork}
     * @return its place; null where there is none for it
     */
    synchronized @Nullable Place enter(String network) {
        if ((places.size() >= PLACES || arrived.size() >= MOST_WAITING) && !makeRoom(network)) {
            return null;
        }
        Place place = new Place(network, nanos.getAsLong());
        places.add(place);
        return place;
    }

    /** @return how many have a place */
    synchronized int size() {
        return places.size();
    }

    private boolean makeRoom(String network) {
        long now = nanos.getAsLong();
        Map<String, Long> byNetwork = places.stream().collect(Collectors.groupingBy(place -> place.network, Collectors.counting()));
        long own = byNetwork.getOrDefault(network, 0L);
        Place gone = places.stream().filter(place -> place.isArriving() && now - place.begun > SLOW).findFirst()
                .or(() -> places.stream().filter(place -> place != reading && byNetwork.get(place.network) > own + 1)
                        .max(Comparator.comparing((Place place) -> byNetwork.get(place.network)).thenComparing(place -> place.begun)))
                .orElse(null);
        if (gone == null) {
            return false;
        }
        gone.close();
        return true;
    }

    /** The place of one body, until it is closed, by its thread or for another body. */
    final class Place implements AutoCloseable {

        private final String network;
        private final long begun;
        private long turn;

        private Place(String network, long begun) {
            this.network = network;
            this.begun = begun;
        }

        private boolean isArriving() {
            return this != reading && !arrived.contains(this);
        }

        /** @return whether it still has its place */
        boolean isHeld() {
            synchronized (LargeBodies.this) {
                return places.contains(this);
            }
        }

        /**
         * All of it is here, or as much as a small one has: waits until no other large body is being read.
         *
         * @return false where it had to give way, or waited in vain
         */
        boolean await() {
            synchronized (LargeBodies.this) {
                long end = nanos.getAsLong() + patience.toNanos();
                arrived.add(this);
                try {
                    while (places.contains(this)) {
                        long now = nanos.getAsLong();
                        boolean next = reading == null && arrived.peek() == this;
                        if (next && now >= restUntil) {
                            reading = this;
                            turn = now;
                            return true;
                        }
                        if (now >= end) {
                            return false;
                        }
                        long left = Math.min(end, next ? restUntil : end) - now;
                        LargeBodies.this.wait(left / MILLISECOND, (int) (left % MILLISECOND));
                    }
                    return false;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                } finally {
                    arrived.remove(this);
                    LargeBodies.this.notifyAll();
                }
            }
        }

        @Override
        public void close() {
            synchronized (LargeBodies.this) {
                if (reading == this) {
                    long now = nanos.getAsLong();
                    restUntil = now + Math.min(now - turn, LONGEST_REST);
                    reading = null;
                }
                places.remove(this);
                // whoever waited for its turn wakes later than the next one comes
                arrived.remove(this);
                LargeBodies.this.notifyAll();
            }
        }
    }
}
