package dev.amorelay.security;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all bodies under way have together, counted as it is used: bytes as they arrive, and what reading them costs. Large
 * bodies share one half, and are read one after the other ({@link LargeBodies}); small ones share the other, and the smallest, which
 * are all that honest senders send, find room whatever comes: as many as are served at once take little. What does not fit is refused.
 */
final class BodyBudget {

    /** In bytes; a longer body is a large one. */
    static final int SMALL = 64 * 1024;
    /** In bytes; a body that is no longer always has room. */
    static final int SMALLEST = 8 * 1024;
    /** A tree of the smallest values, {@code {},{},…} or {@code a=&a=&…}, takes so many bytes for each byte of its text. */
    static final int COST_OF_READING = 32;

    private final long half;
    private final AtomicLong small = new AtomicLong();
    private final AtomicLong large = new AtomicLong();

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
        return small.get() + large.get();
    }

    /** Adds where it fits; what is alone always fits, or the largest body would never get in. */
    private boolean take(AtomicLong pool, long own, long bytes, boolean always) {
        while (true) {
            long now = pool.get();
            if (!always && now > own && now + bytes > half) {
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
                return takeSmall(more);
            }
            long wanted = bytes - inLarge;
            if (!BodyBudget.this.take(large, inLarge, wanted, false)) {
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
         * @return false where there is no room for what that costs; a large one that has its turn has room
         */
        boolean read() {
            return bytes > SMALL || takeSmall(bytes * COST_OF_READING);
        }

        private boolean takeSmall(long more) {
            boolean fits = BodyBudget.this.take(small, inSmall, more, bytes <= SMALLEST);
            inSmall += fits ? more : 0;
            return fits;
        }

        @Override
        public void close() {
            small.addAndGet(-inSmall);
            large.addAndGet(-inLarge);
            inSmall = 0;
            inLarge = 0;
        }
    }
}
