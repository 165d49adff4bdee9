package dev.amorelay.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Counts wrong passwords by client address, of the admin's addresses and of the management port together. Ten within a
 * minute, and the address has to wait until that minute is over. An IPv6 client owns 2⁶⁴ addresses, so its network counts.
 */
class LoginThrottle {

    static final int MOST_FAILURES = 10;
    static final int MOST_ADDRESSES = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(LoginThrottle.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    // the oldest first, and all last equally long: what is over is at the beginning
    private final Map<String, Failures> byAddress = new LinkedHashMap<>();

    private record Failures(int count, Instant until) {
    }

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * How long an address has to wait.
     *
     * @param address of the client, behind trusted proxies
     * @return empty when its password is looked at
     */
    synchronized Optional<Duration> wait(String address) {
        forgetWhatIsOver();
        return Optional.ofNullable(byAddress.get(ClientNetwork.of(address))).filter(failures -> failures.count() >= MOST_FAILURES)
                .map(failures -> Duration.between(clock.instant(), failures.until()));
    }

    /** Counts a wrong password. */
    @EventListener
    void failed(AbstractAuthenticationFailureEvent event) {
        addressOf(event.getAuthentication()).ifPresent(this::failed);
    }

    /** A right password ends the count. */
    @EventListener
    void succeeded(AuthenticationSuccessEvent event) {
        addressOf(event.getAuthentication()).ifPresent(this::succeeded);
    }

    synchronized void failed(String address) {
        forgetWhatIsOver();
        String key = ClientNetwork.of(address);
        Failures before = byAddress.get(key);
        if (before == null && byAddress.size() >= MOST_ADDRESSES) {
            byAddress.remove(byAddress.keySet().iterator().next());
        }
        Failures now = before == null ? new Failures(1, clock.instant().plus(MINUTE)) : new Failures(before.count() + 1, before.until());
        byAddress.put(key, now);
        if (now.count() == MOST_FAILURES) {
            LOG.warn("{} wrong passwords of the admin from {} within a minute: it has to wait", MOST_FAILURES, key);
        }
    }

    private synchronized void succeeded(String address) {
        byAddress.remove(ClientNetwork.of(address));
    }

    private void forgetWhatIsOver() {
        Instant now = clock.instant();
        Iterator<Failures> oldest = byAddress.values().iterator();
        while (oldest.hasNext() && !oldest.next().until().isAfter(now)) {
            oldest.remove();
        }
    }

    private static Optional<String> addressOf(Authentication who) {
        return who.getDetails() instanceof WebAuthenticationDetails details ? Optional.ofNullable(details.getRemoteAddress()) : Optional.empty();
    }
}
