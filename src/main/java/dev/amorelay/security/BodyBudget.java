package dev.amorelay.security;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all bodies under way have together, counted as it is used: bytes as they arrive, and what reading them costs. Large
 * bodies share one half, so that however many come, a small one finds room in the other. Nobody waits: what does not fit is refused.
 */
final class BodyBudget {

    /** In bytes; a longer body is a large one. */
    static final int SMALL = 64 * 1024;
    /** A tree of the smallest values, {@code {},{},…} or {@code a=&a=&…}, takes so many bytes for each byte of its text. */
    static final int COST_OF_READING = 32;

    private final long half;
    private final AtomicLong small = new AtomicLong();
    private final AtomicLong large = new AtomicLong();
    private final AtomicLong reading = new AtomicLong();

    /**
     * @param bytes for all bodies
     */
    BodyBudget(long bytes) {
        this.half = Math.max(1, bytes / 2);
    }

    /** @return for a body that has not begun to arrive */
    Lease open() {
        return new Lease();
    }

    /** @return bytes that are held now */
    long held() {
        return small.get() + large.get() + reading.get();
    }

    /** Adds where it fits; what is alone always fits, or the largest body would never get in. */
    private boolean take(AtomicLong pool, long own, long bytes) {
        while (true) {
            long now = pool.get();
            if (now > own && now + bytes > half) {
                return false;
            }
            if (pool.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
    }

    /** What one body holds, until it is closed. Used by one thread. */
    final class Lease implements AutoCloseable {

        private long bytes;
        private long inSmall;
        private long inLarge;
        private long inReading;

        private Lease() {
        }

        /**
         * Bytes have arrived, or were unpacked.
         *
         * @return false where there is no room for them; what was taken before is still held
         */
        boolean take(long more) {
            bytes += more;
            if (bytes <= SMALL) {
                boolean fits = BodyBudget.this.take(small, inSmall, more);
                inSmall += fits ? more : 0;
                return fits;
            }
            long wanted = bytes - inLarge;
            if (!BodyBudget.this.take(large, inLarge, wanted)) {
                return false;
            }
            inLarge += wanted;
            small.addAndGet(-inSmall);
            inSmall = 0;
            return true;
        }

        /**
         * All of it is here, and is about to be read.
         *
         * @return false where there is no room for what that costs
         */
        boolean read() {
            long cost = bytes * COST_OF_READING;
            if (bytes <= SMALL) {
                boolean fits = BodyBudget.this.take(small, inSmall, cost);
                inSmall += fits ? cost : 0;
                return fits;
            }
            boolean fits = BodyBudget.this.take(reading, 0, cost);
            inReading += fits ? cost : 0;
            return fits;
        }

        @Override
        public void close() {
            small.addAndGet(-inSmall);
            large.addAndGet(-inLarge);
            reading.addAndGet(-inReading);
            inSmall = 0;
            inLarge = 0;
            inReading = 0;
        }
    }
}
