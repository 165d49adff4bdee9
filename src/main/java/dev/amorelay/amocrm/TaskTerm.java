package dev.amorelay.amocrm;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Until when something has to be done, or when it begins: {@code 3 days}, {@code 4 hours}, {@code today at 18:00}, {@code tomorrow at 10:00},
 * {@code next working day at 10:00}, {@code 3 days at 10:00}, {@code 2 working days at 10:00}, {@code monday at 9:30} (the next one).
 *
 * @param amount how many of the unit
 * @param unit {@code minute}, {@code hour}, {@code day}, {@code week}, {@code working day}: from Monday to Friday, or the name of a day of the week
 * @param at the hour of that day, by the account's clock; null = the hour of now
 */
record TaskTerm(long amount, String unit, LocalTime at) {

    /** What a wrong one is told. */
    static final String SHAPE = "a term is like '3 days', '4 hours', 'today at 18:00', 'tomorrow at 10:00', 'next working day at 10:00' 'monday at 9:30' or '2 working days at 10:00'";

    private static final Pattern TEXT = Pattern.compile("(?:(today)|(tomorrow)|(next working day)|(?:in )?(\\d{1,3}) (minute|hour|day|week|working day)s?"
            + "|(monday|tuesday|wednesday|thursday|friday|saturday|sunday))(?: (?:at )?(\\d{1,2}:\\d{2}))?", Pattern.CASE_INSENSITIVE);

    /**
     * Reads a term.
     *
     * @param text as above
     * @return the term; empty where it is none
     */
    static Optional<TaskTerm> of(String text) {
        Matcher read = TEXT.matcher(text.strip().replaceAll("\\s+", " "));
        if (!read.matches()) {
            return Optional.empty();
        }
        LocalTime at = null;
        if (read.group(7) != null) {
            String[] hour = read.group(7).split(":");
            if (Integer.parseInt(hour[0]) > 23 || Integer.parseInt(hour[1]) > 59) {
                return Optional.empty();
            }
            at = LocalTime.of(Integer.parseInt(hour[0]), Integer.parseInt(hour[1]));
        }
        String named = read.group(5) == null ? read.group(6) : read.group(5);
        String unit = read.group(3) != null ? "working day" : named == null ? "day" : named.toLowerCase(Locale.ROOT);
        long amount = read.group(1) != null ? 0 : read.group(4) == null ? 1 : Long.parseLong(read.group(4));
        boolean isNamed = read.group(1) != null || read.group(2) != null || read.group(6) != null;
        return at == null && isNamed || at != null && (unit.equals("minute") || unit.equals("hour")) ? Optional.empty() : Optional.of(new TaskTerm(amount, unit, at));
    }

    /**
     * Counts from a moment.
     *
     * @param now the moment
     * @param zone by whose clock days are counted
     * @return until when; an hour that is over today is tomorrow's
     */
    Instant from(Instant now, ZoneId zone) {
        if (unit.equals("minute") || unit.equals("hour")) {
            return now.plus(unit.equals("hour") ? Duration.ofHours(amount) : Duration.ofMinutes(amount));
        }
        ZonedDateTime here = now.atZone(zone);
        LocalDate today = here.toLocalDate();
        LocalDate day = switch (unit) {
            case "working day" -> working(today);
            case "day" -> today.plusDays(amount);
            case "week" -> today.plusWeeks(amount);
            default -> today.with(TemporalAdjusters.next(DayOfWeek.valueOf(unit.toUpperCase(Locale.ROOT))));
        };
        ZonedDateTime till = at == null ? day.atTime(here.toLocalTime()).atZone(zone) : day.atTime(at).atZone(zone);
        return (till.toInstant().isAfter(now) ? till : till.plusDays(1)).toInstant();
    }

    private LocalDate working(LocalDate from) {
        LocalDate day = from;
        for (long left = amount; left > 0;) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return day;
    }
}
