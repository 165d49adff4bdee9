package dev.amorelay.amocrm;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of the CRM's date and date_time fields, as days by the account's clock. */
public final class DateField {

    private DateField() {
    }

    /**
     * Reads a value.
     *
     * @param value unix seconds, of midnight by the account's clock in a date field, as amoCRM answers; or RFC 3339, as it also
     *     takes; null = none
     * @param zone the account's
     * @return the day; empty for none, and for what is no date
     */
    public static Optional<LocalDate> day(@Nullable String value, ZoneId zone) {
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

    /**
     * Writes a value.
     *
     * @param day by the account's clock
     * @param zone the account's
     * @return the day's first moment; where a change of the clock skips midnight, the moment after it
     */
    public static Instant midnight(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
