package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** The day of a machine's next maintenance. */
final class MaintenanceDate {

    private static final DateTimeFormatter RUSSIAN =
            DateTimeFormatter.ofPattern("d.M.uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private MaintenanceDate() {
    }

    /** @return whether it names a day, in whichever zone */
    static boolean isOne(JsonNode node) {
        return of(node, ZoneOffset.UTC).isPresent();
    }

    /**
     * Reads a day as a form writes it. A moment is a day by the account's clock; midnight that is written with its own zone is the
     * day as written, since somebody meant a day.
     *
     * @param zone the account's
     * @return the day that {@code 2027-03-01[T…]}, {@code 01.03.2027}, unix seconds or milliseconds name; else empty
     */
    static Optional<LocalDate> of(JsonNode node, ZoneId zone) {
        String text = NodeText.of(node);
        if (text == null || text.length() > 40) {
            return Optional.empty();
        }
        try {
            LocalDate day = day(text.strip(), zone);
            return day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR ? Optional.empty() : Optional.of(day);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDate day(String text, ZoneId zone) {
        if (text.matches("\\d{9,13}")) {
            long number = Long.parseLong(text);
            return Instant.ofEpochSecond(text.length() > 11 ? number / 1000 : number).atZone(zone).toLocalDate();
        }
        if (text.indexOf('.') == 1 || text.indexOf('.') == 2) {
            return LocalDate.parse(text, RUSSIAN);
        }
        if (text.length() <= 10) {
            return LocalDate.parse(text);
        }
        TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME
                .parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime offset && !offset.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? offset.atZoneSameInstant(zone).toLocalDate()
                : LocalDate.from(time);
    }
}
