package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** The day of a machine's next maintenance. */
final class MaintenanceDate {

    /** The zone of the accounts: amoCRM cuts a date field to the account's own midnight. */
    static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

    private static final DateTimeFormatter RUSSIAN =
            DateTimeFormatter.ofPattern("d.M.uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private MaintenanceDate() {
    }

    /** @return the day that {@code 2027-03-01[T…]}, {@code 01.03.2027}, unix seconds or milliseconds name; else empty */
    static Optional<LocalDate> of(JsonNode node) {
        String text = NodeText.of(node);
        if (text == null || text.length() > 40) {
            return Optional.empty();
        }
        try {
            LocalDate day = day(text.strip());
            return day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR ? Optional.empty() : Optional.of(day);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** @return the day's midnight in Moscow, unix seconds */
    static long midnight(LocalDate day) {
        return day.atStartOfDay(ZONE).toEpochSecond();
    }

    private static LocalDate day(String text) {
        if (text.matches("\\d{9,13}")) {
            long number = Long.parseLong(text);
            return Instant.ofEpochSecond(text.length() > 11 ? number / 1000 : number).atZone(ZONE).toLocalDate();
        }
        if (text.indexOf('.') == 1 || text.indexOf('.') == 2) {
            return LocalDate.parse(text, RUSSIAN);
        }
        if (text.length() <= 10) {
            return LocalDate.parse(text);
        }
        TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME
                .parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime offset
                ? offset.atZoneSameInstant(ZONE).toLocalDate()
                : ((LocalDateTime) time).toLocalDate();
    }
}
