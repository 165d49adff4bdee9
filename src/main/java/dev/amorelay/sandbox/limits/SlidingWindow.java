package dev.amorelay.sandbox.limits;

/** The calls of the last stretch of time, each with its own moment: no bucket, no rounding. Not for several threads. */
final class SlidingWindow {

    private final Window window;
    private final long span;
    /** Moments of the calls that were let in, oldest first from {@code oldest} on, round and round. */
    private final long[] moments;
    private int oldest;
    private int used;
    private int fullest;
    private long earliest;

    SlidingWindow(Window window) {
        this.window = window;
        this.span = window.span().toNanos();
        this.moments = new long[window.limit()];
    }

    Window window() {
        return window;
    }

    /** @return how many calls lie within the stretch that ends {@code now}, in nanoseconds of a monotonic clock */
    int used(long now) {
        while (used > 0 && now - moments[oldest] >= span) {
            oldest = (oldest + 1) % moments.length;
            used--;
        }
        return used;
    }

    /** Notes that a call came, whether or not it will be let in. */
    void arrived(long now) {
        fullest = Math.max(fullest, used(now) + 1);
        earliest = Math.max(earliest, untilRoom(now));
    }

    /** @return nanoseconds until one more call fits; 0 = now */
    long untilRoom(long now) {
        return used(now) < moments.length ? 0 : moments[oldest] + span - now;
    }

    /** Lets a call in; there must be room. */
    void take(long now) {
        moments[(oldest + used) % moments.length] = now;
        used++;
    }

    /** @return how much too early the worst call came, in nanoseconds; 0 = none was too many */
    long earliest() {
        return earliest;
    }

    /** @return the most calls that ever lay in one stretch; above the limit when somebody tried */
    int fullest() {
        return fullest;
    }
}
