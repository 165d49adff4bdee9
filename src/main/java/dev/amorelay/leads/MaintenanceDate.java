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
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The day of a machine's next maintenance. */
final class MaintenanceDate {

    /** A year of two digits is one of this century. */
    private static final DateTimeFormatter RUSSIAN = DateTimeFormatter.ofPattern("[d MMMM uuuu][d.M.uuuu][d.M.uu]", Locale.forLanguageTag("ru"))
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern DAY_FIRST = Pattern.compile("\\d{1,2}([.-])\\d{1,2}\\1(\\d{2}|\\d{4})|\\d{1,2} [а-яА-Я]{3,8} \\d{4}");
    private static final Pattern YEAR_FIRST = Pattern.compile("\\d{4}([./])\\d{2}\\1\\d{2}");
    /** The hour of a day is none of the day, and a word says that it is a year. */
    private static final Pattern AROUND = Pattern.compile("(?<=^\\d{1,2}[.-]\\d{1,2}[.-]\\d{4}),? \\d{1,2}:\\d{2}(:\\d{2})?$| ?(г\\.?|года)$");
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
     * @return the day that {@code 2027-03-01[T…]}, {@code 01.03.2027}, {@code 1 марта 2027 г.}, unix seconds or milliseconds name; else empty
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
        String plain = AROUND.matcher(text).replaceAll("");
        if (DAY_FIRST.matcher(plain).matches()) {
            return LocalDate.parse(plain.toLowerCase(Locale.ROOT).replace('-', '.'), RUSSIAN);
        }
        if (YEAR_FIRST.matcher(text).matches()) {
            return LocalDate.parse(text.replaceAll("[./]", "-"));
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
