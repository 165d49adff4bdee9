package dev.amorelay.telegram;

import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.delivery.Effect;
import dev.amorelay.settings.MaintenanceSettings.Hours;
import dev.amorelay.work.Later;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Nobody is written to at night: what is owed outside the hours waits for the next morning. */
@Component
public class QuietHours {

    private final Function<String, ZoneId> zones;
    private final Clock clock;

    /** @param zones by whose clock hours are told */
    @Autowired
    public QuietHours(AccountZones zones) {
        this(account -> account.isBlank() ? zones.usual() : zones.of(account), Clock.systemUTC());
    }

    QuietHours(Function<String, ZoneId> zones, Clock clock) {
        this.zones = zones;
        this.clock = clock;
    }

    /** It is night there. Waiting for the morning is no failure, and makes no later wait longer. */
    static final class AtNight extends Later {

        AtNight(String hours, Duration delay) {
            super("nobody is written to outside the hours " + hours, delay);
        }

        @Override
        public boolean countsAsAttempt() {
            return false;
        }
    }

    /**
     * Lets pass what may be said now.
     *
     * @param effect what is to be sent; null for what comes from elsewhere
     * @param hours of the day by the clock of the effect's account, like {@code 9-21}; empty for all day
     * @throws Later until the hours begin
     */
    public void keep(Effect effect, String hours) {
        if (hours == null || hours.isBlank()) {
            return;
        }
        if (!Hours.understands(hours.strip())) {
            throw new IllegalArgumentException("hours are like 9-21, and not " + hours);
        }
        Hours open = Hours.valueOf(hours.strip());
        ZonedDateTime now = clock.instant().atZone(zones.apply(effect == null ? "" : effect.account()));
        if (now.getHour() >= open.first() && now.getHour() < open.last()) {
            return;
        }
        ZonedDateTime morning = now.with(LocalTime.of(open.first(), 0));
        throw new AtNight(hours, Duration.between(now, morning.isAfter(now) ? morning : morning.plusDays(1)));
    }
}
