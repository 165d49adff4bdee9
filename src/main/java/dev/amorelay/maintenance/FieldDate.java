package dev.amorelay.maintenance;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** A value of a date field, as a day by the account's clock. */
final class FieldDate {

    private FieldDate() {
    }

    /**
     * Reads a value.
     *
     * @param value unix seconds of midnight by the account's clock, as amoCRM answers, or RFC 3339, as it also takes; null = none
     * @param zone the account's
     * @return the day; empty for none, and for what is no date
     */
    static Optional<LocalDate> day(String value, ZoneId zone) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        try {
            Instant moment = value.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(value))
                    : OffsetDateTime.parse(value).toInstant();
            return Optional.of(moment.atZone(zone).toLocalDate());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** @return the day's first moment by the account's clock; where a change of the clock skips midnight, the moment after it */
    static Instant midnight(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
