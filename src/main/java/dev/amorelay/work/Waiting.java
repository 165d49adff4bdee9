package dev.amorelay.work;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** Lets a flow say how long its work waits, and when it gives up. */
@Component("waiting")
public class Waiting {

    private static final Pattern DELAY = Pattern.compile("(\\d{1,5})\\s*([smhd])");

    /**
     * Lets the work wait until a moment; nothing where that is past.
     *
     * @param moment an {@code Instant}, ISO 8601 with an offset, or unix seconds; null = no moment, nothing
     * @param reason what it waits for, without personal data
     * @throws Later until then
     */
    public void until(Object moment, String reason) {
        Instant then = Moments.of(moment);
        Duration left = then == null ? Duration.ZERO : Duration.between(Instant.now(), then);
        if (left.compareTo(Duration.ZERO) > 0) {
            throw new Later(reason, left) {
                @Override
                public boolean countsAsAttempt() {
                    // nothing was tried yet
                    return false;
                }
            };
        }
    }

    /**
     * Lets the work wait as long as the flow says, longer each time, and gives up after the last.
     *
     * @param delays how long after each attempt, for example {@code 1m, 10m, 1h, 1d}; the last one once more after each further attempt where
     *     it ends with {@code …}
     * @param reason what it waits for, without personal data
     * @param claimed the rows that the exchange works on
     * @throws Later after as many attempts as there are delays, or fewer
     * @throws Refused after more: the work is set aside
     */
    public void again(String delays, String reason, @ExchangeProperty(FailurePolicy.CLAIMED) Collection<? extends Claimed> claimed) {
        boolean forEver = delays.strip().endsWith("…") || delays.strip().endsWith("...");
        List<Duration> all = read(delays);
        int attempts = claimed == null ? 1 : claimed.stream().mapToInt(Claimed::attempts).max().orElse(1);
        if (attempts > all.size() && !forEver) {
            throw new Refused(reason + ": given up after " + attempts + " attempts");
        }
        throw new Later(reason, all.get(Math.min(attempts, all.size()) - 1)) {
            @Override
            public boolean isOwnDelay() {
                return true;
            }
        };
    }

    static List<Duration> read(String delays) {
        List<Duration> all = new ArrayList<>();
        for (String one : delays.replaceAll("[…\\s]|\\.{3}", "").split(",")) {
            Matcher delay = DELAY.matcher(one);
            if (one.isEmpty()) {
                continue;
            }
            if (!delay.matches()) {
                throw new Refused("no delay like 30s, 10m, 1h or 1d: " + one);
            }
            int amount = Integer.parseInt(delay.group(1));
            all.add(switch (delay.group(2)) {
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            });
        }
        if (all.isEmpty()) {
            throw new Refused("delays are missing, for example 1m, 10m, 1h");
        }
        return all;
    }
}
