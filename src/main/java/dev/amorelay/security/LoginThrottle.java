package dev.amorelay.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;

/**
 * How fast passwords may be tried, on both ports together. A turn is taken before the password is looked at, so that a hundred
 * guesses at once are no more than ten after each other; a right password gives its own turn back and nothing else. Nobody is locked
 * out: a try too many waits some seconds for its turn, and is refused only where too many wait already. Tries count by the client's
 * network, by the name and in all; those of a browser in which this person has logged in before count by that browser alone, so that
 * a stranger behind the same proxy does not keep it waiting.
 */
class LoginThrottle {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(7);
    static final int MOST_WAITING = 16;
    static final int MOST_WAITING_OF_ONE = 4;
    static final int MOST_KEYS = 20_000;
    private static final Pace BY_ADDRESS = new Pace(10, Duration.ofSeconds(6));
    private static final Pace BY_NAME = new Pace(20, Duration.ofSeconds(3));
    private static final Pace IN_ALL = new Pace(60, Duration.ofMillis(500));

    private final Clock clock;
    private final Pause pause;
    /** Until when what was taken of a key is paid off; the one that was used longest ago first. */
    private final Map<String, Instant> paidOff = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Integer> waiting = new LinkedHashMap<>();
    private final ThreadLocal<List<Taken>> underWay = new ThreadLocal<>();
    private int allWaiting;

    /**
     * @param atOnce so many after a pause
     * @param every then one in this time
     */
    private record Pace(int atOnce, Duration every) {
    }

    private record Taken(String key, Pace pace) {
    }

    /** Waits on a monitor that the caller holds, so long or till it is notified. */
    interface Pause {

        void on(Object monitor, long millis) throws InterruptedException;
    }

    LoginThrottle(Clock clock) {
        this(clock, Object::wait);
    }

    LoginThrottle(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Takes a turn, waiting for it if need be. {@link #end} must follow.
     *
     * @param address of the client, behind trusted proxies
     * @param name as it was given, also one that nobody has
     * @param browser what is known of the browser; null where nobody of this name has logged in with it
     * @return empty when the password may be looked at; else after what time another try makes sense
     */
    Optional<Duration> begin(String address, String name, @Nullable String browser) throws InterruptedException {
        String network = ClientNetwork.of(address);
        List<Taken> wanted = browser != null ? List.of(new Taken("browser " + browser, BY_ADDRESS))
                : List.of(new Taken("address " + network, BY_ADDRESS), new Taken("name " + canonical(name), BY_NAME), new Taken("all", IN_ALL));
        Optional<Duration> refused = taken(wanted);
        if (refused.isEmpty()) {
            underWay.set(wanted);
        }
        return refused;
    }

    private synchronized Optional<Duration> taken(List<Taken> wanted) throws InterruptedException {
        Instant latest = clock.instant().plus(LONGEST_WAIT);
        Duration delay = delay(wanted);
        String first = wanted.get(0).key();
        if (!delay.isZero() && (delay.compareTo(LONGEST_WAIT) > 0 || allWaiting >= MOST_WAITING || waiting.getOrDefault(first, 0) >= MOST_WAITING_OF_ONE)) {
            return Optional.of(delay);
        }
        if (!delay.isZero()) {
            allWaiting++;
            waiting.merge(first, 1, Integer::sum);
            try {
                while (!delay.isZero() && clock.instant().isBefore(latest)) {
                    // a turn that is given back wakes
                    pause.on(this, Math.max(1, Math.min(delay.toMillis() + 1, Duration.between(clock.instant(), latest).toMillis())));
                    delay = delay(wanted);
                }
            } finally {
                allWaiting--;
                waiting.computeIfPresent(first, (key, count) -> count > 1 ? count - 1 : null);
            }
            if (!delay.isZero()) {
                return Optional.of(delay);
            }
        }
        wanted.forEach(this::take);
        return Optional.empty();
    }

    private Duration delay(List<Taken> wanted) {
        Instant now = clock.instant();
        Duration longest = Duration.ZERO;
        for (Taken one : wanted) {
            Instant until = paidOff.getOrDefault(one.key(), now);
            Duration owed = until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
            Duration over = owed.plus(one.pace().every()).minus(one.pace().every().multipliedBy(one.pace().atOnce()));
            longest = over.compareTo(longest) > 0 ? over : longest;
        }
        return longest;
    }

    private void take(Taken one) {
        Instant now = clock.instant();
        Instant before = paidOff.get(one.key());
        if (before == null) {
            makeRoom(now);
        }
        paidOff.put(one.key(), (before == null || before.isBefore(now) ? now : before).plus(one.pace().every()));
    }

    private void makeRoom(Instant now) {
        Iterator<Instant> oldest = paidOff.values().iterator();
        while (oldest.hasNext() && !oldest.next().isAfter(now)) {
            oldest.remove();
        }
        if (paidOff.size() >= MOST_KEYS) {
            oldest = paidOff.values().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** A right password: its turn is given back. It is told on the thread that has taken the turn. */
    @EventListener
    void succeeded(AuthenticationSuccessEvent event) {
        List<Taken> turn = underWay.get();
        underWay.remove();
        if (turn != null) {
            giveBack(turn);
        }
    }

    private synchronized void giveBack(List<Taken> turn) {
        turn.forEach(one -> paidOff.computeIfPresent(one.key(), (key, until) -> until.minus(one.pace().every())));
        notifyAll();
    }

    /** The request is over. */
    void end() {
        underWay.remove();
    }

    private static String canonical(String name) {
        String shortened = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
        return shortened.length() > 64 ? shortened.substring(0, 64) : shortened;
    }
}
