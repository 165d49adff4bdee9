package dev.amorelay.leads;

import dev.amorelay.security.ClientNetwork;
import dev.amorelay.settings.IngestLimits;
import dev.amorelay.settings.IngestLimits.Rate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Keeps a flood at the door from being one in the CRM. Every lead is stored; of those beyond a limit the effects fall due one after
 * the other, evenly, and whoever comes by another address, or is known, goes before them. A person's leads count by the network that names
 * the person, since anybody can name anybody: who floods with somebody's phone does not hold up that person's own lead. Only where an hour's worth waits already is a
 * further one refused; never because of whom it names, since anybody can name anybody.
 */
@Component
public class LeadLimits {

    static final Duration LONGEST_HOLD = Duration.ofHours(1);
    static final int MOST_KEYS = 50_000;
    /** So many networks may use up a person's limit before the person's leads wait wherever they come from. */
    static final int NETWORKS = 10;

    private final Optional<Rate> perAddress;
    private final Optional<Rate> perPerson;
    private final Optional<Rate> inAll;
    private final Clock clock;
    /** Until when what was taken of a key is paid off; the one that was used longest ago first. */
    private final Map<String, Instant> paidOff = new LinkedHashMap<>(16, 0.75f, true);

    /** @param settings the limits */
    @Autowired
    public LeadLimits(IngestLimits settings) {
        this(settings, Clock.systemUTC());
    }

    LeadLimits(IngestLimits settings, Clock clock) {
        this.perAddress = IngestLimits.rate(settings.perAddress());
        this.perPerson = IngestLimits.rate(settings.perPerson());
        this.inAll = IngestLimits.rate(settings.inAll());
        this.clock = clock;
    }

    /**
     * Counts a lead.
     *
     * @param address of the client
     * @param lead whom it names counts, not what it says
     * @return how long its effects wait; empty where it is too much to be taken at all, and then it does not count
     */
    public synchronized Optional<LeadHold> count(String address, Lead lead) {
        String network = "address " + ClientNetwork.of(address == null ? "" : address);
        Duration byAddress = hold(perAddress, network);
        Duration ofAll = hold(inAll, "all");
        Duration stranger = byAddress.compareTo(ofAll) > 0 ? byAddress : ofAll;
        if (stranger.compareTo(LONGEST_HOLD) > 0) {
            return Optional.empty();
        }
        take(perAddress, network);
        take(inAll, "all");
        String person = person(lead);
        return Optional.of(new LeadHold(stranger, person == null ? Duration.ZERO : ofPerson(person, network)));
    }

    private Duration ofPerson(String person, String network) {
        String here = person + " by " + network;
        Optional<Rate> everywhere = perPerson.map(rate -> new Rate((int) Math.min(Integer.MAX_VALUE, (long) rate.most() * NETWORKS), rate.span()));
        Duration byNetwork = hold(perPerson, here);
        Duration ofAll = hold(everywhere, person);
        Duration wait = byNetwork.compareTo(ofAll) > 0 ? byNetwork : ofAll;
        if (wait.compareTo(LONGEST_HOLD) > 0) {
            return LONGEST_HOLD;
        }
        take(perPerson, here);
        if (byNetwork.isZero()) {
            // what waits already for its network takes nothing from others
            take(everywhere, person);
        }
        return wait;
    }

    private static String person(Lead lead) {
        if (lead.phoneE164() != null) {
            return "phone " + lead.phoneE164();
        }
        if (lead.email() != null) {
            return "mail " + lead.email().strip().toLowerCase(Locale.ROOT);
        }
        return lead.telegramId() == null ? null : "telegram " + lead.telegramId();
    }

    private Duration hold(Optional<Rate> rate, String key) {
        if (rate.isEmpty()) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        Instant until = paidOff.getOrDefault(key, now);
        Duration owed = until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        Duration over = owed.plus(every(rate.get())).minus(rate.get().span());
        return over.isNegative() ? Duration.ZERO : over;
    }

    private void take(Optional<Rate> rate, String key) {
        rate.ifPresent(one -> {
            Instant now = clock.instant();
            Instant before = paidOff.get(key);
            if (before == null) {
                makeRoom(now);
            }
            paidOff.put(key, (before == null || before.isBefore(now) ? now : before).plus(every(one)));
        });
    }

    private static Duration every(Rate rate) {
        return rate.span().dividedBy(rate.most());
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
}
