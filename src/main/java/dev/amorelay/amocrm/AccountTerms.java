package dev.amorelay.amocrm;

import dev.amorelay.work.Moments;
import dev.amorelay.work.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Terms as people say them, by the account's clock, for flows: see {@link TaskTerm}. */
@Component("terms")
public class AccountTerms {

    private final Function<String, ZoneId> zones;
    private final Clock clock;

    /** @param zones by whose clock days are told */
    @Autowired
    public AccountTerms(AccountZones zones) {
        this(zones::of, Clock.systemUTC());
    }

    /**
     * @param zones the zone of an account by its configured name
     * @param clock tells now
     */
    public AccountTerms(Function<String, ZoneId> zones, Clock clock) {
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * The moment that a term means, told now.
     *
     * @param term {@code today 18:00}, {@code next working day 10:00}, {@code 2 hours} and the like; or a moment itself, ISO 8601 or unix
     *     seconds; null or empty for none
     * @param account the configured name of the account; null or empty = the default one
     * @return null for none
     * @throws Refused when it is none of these
     */
    public @Nullable Instant moment(@Nullable Object term, @Nullable String account) {
        Optional<TaskTerm> told = term == null ? Optional.empty() : TaskTerm.of(term.toString());
        if (told.isEmpty()) {
            return Moments.of(term);
        }
        ZoneId zone = zones.apply(account == null || account.isBlank() ? Accounts.DEFAULT : account);
        return told.get().from(clock.instant().truncatedTo(ChronoUnit.SECONDS), zone);
    }

    /**
     * The same as the CRM wants it.
     *
     * @param term see {@link #moment}
     * @param account the configured name of the account; null or empty = the default one
     * @return unix seconds; null for none
     */
    public @Nullable Long at(@Nullable Object term, @Nullable String account) {
        Instant moment = moment(term, account);
        return moment == null ? null : moment.getEpochSecond();
    }
}
