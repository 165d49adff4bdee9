package dev.amorelay.sandbox.limits;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What one account lets in (facts §2): a call over any sliding window is refused, and after ten refusals within ten
 * minutes everything is, until the block is over. Refused calls do not fill the windows. Safe for many threads.
 */
public final class Limits {

    private static final int REFUSALS = 10;
    private static final long REFUSALS_WITHIN = Duration.ofMinutes(10).toNanos();

    private final LongSupplier clock;
    private final Deque<Long> refusals = new ArrayDeque<>();
    private List<SlidingWindow> windows;
    private Duration blockFor;
    private boolean isBlocked;
    private long blockedUntil;
    private long passed;
    private long refused;
    private long blocked;

    /**
     * Nothing counted yet.
     *
     * @param windows none of them may be exceeded; empty = no limit
     * @param blockFor how long the 403 lasts
     * @param clock monotonic nanoseconds
     */
    public Limits(List<Window> windows, Duration blockFor, LongSupplier clock) {
        this.windows = windows.stream().map(SlidingWindow::new).toList();
        this.blockFor = blockFor;
        this.clock = clock;
    }

    /** What becomes of a call. */
    public enum Fate { PASS, TOO_MANY, BLOCKED }

    /**
     * A call's fate.
     *
     * @param retryAfter with {@code TOO_MANY}: seconds until there is room, rounded up
     */
    public record Arrival(Fate fate, long retryAfter) {
    }

    /**
     * A window as it stands.
     *
     * @param fullest the most calls that ever came within its length, the refused one included
     * @param tooEarly by how much the worst call came before there was room; zero = the window was never exceeded
     */
    public record Fill(Window window, int used, int fullest, Duration tooEarly) {
    }

    /**
     * All counters.
     *
     * @param passed calls let in
     * @param refused calls answered 429
     * @param blocked calls answered 403
     * @param blockedFor rest of the block; zero = none
     */
    public record Count(List<Fill> windows, long passed, long refused, long blocked, Duration blockedFor) {
    }

    /** Counts a call that has just come. */
    public synchronized Arrival arrive() {
        long now = clock.getAsLong();
        if (isBlocked(now)) {
            blocked++;
            return new Arrival(Fate.BLOCKED, 0);
        }
        long wait = 0;
        for (SlidingWindow window : windows) {
            window.arrived(now);
            wait = Math.max(wait, window.untilRoom(now));
        }
        if (wait > 0) {
            refuse(now);
            return new Arrival(Fate.TOO_MANY, Math.max(1, (wait + 999_999_999L) / 1_000_000_000L));
        }
        windows.forEach(window -> window.take(now));
        passed++;
        return new Arrival(Fate.PASS, 0);
    }

    private void refuse(long now) {
        refused++;
        refusals.addLast(now);
        while (now - refusals.peekFirst() > REFUSALS_WITHIN) {
            refusals.removeFirst();
        }
        if (refusals.size() >= REFUSALS) {
            block(blockFor);
        }
    }

    private boolean isBlocked(long now) {
        if (isBlocked && now - blockedUntil >= 0) {
            isBlocked = false;
            refusals.clear();
        }
        return isBlocked;
    }

    /** Answers everything 403 from now on, for so long. */
    public synchronized void block(Duration length) {
        isBlocked = true;
        blockedUntil = clock.getAsLong() + length.toNanos();
    }

    /** Other windows from now on; what they held is forgotten, counters stay. */
    public synchronized void set(List<Window> wanted) {
        windows = wanted.stream().map(SlidingWindow::new).toList();
    }

    /** Another length of later blocks. */
    public synchronized void setBlockFor(Duration length) {
        blockFor = length;
    }

    /** Begins from nothing: windows empty, counters zero, no block. */
    public synchronized void reset() {
        set(windows.stream().map(SlidingWindow::window).toList());
        refusals.clear();
        isBlocked = false;
        passed = 0;
        refused = 0;
        blocked = 0;
    }

    /** @return everything counted since the last reset */
    public synchronized Count count() {
        long now = clock.getAsLong();
        Duration rest = isBlocked(now) ? Duration.ofNanos(blockedUntil - now) : Duration.ZERO;
        List<Fill> fills = windows.stream()
                .map(window -> new Fill(window.window(), window.used(now), window.fullest(),
                        Duration.ofNanos(window.earliest()))).toList();
        return new Count(fills, passed, refused, blocked, rest);
    }
}
