package dev.amorelay.work;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;

/** Moments as flows tell them. */
public final class Moments {

    private Moments() {
    }

    /**
     * Reads a moment.
     *
     * @param told ISO 8601 with an offset, unix seconds as number or text, a date of Java; null or blank for none
     * @return null for none
     * @throws Refused for anything else
     */
    public static Instant of(Object told) {
        if (told instanceof Instant moment) {
            return moment;
        }
        if (told instanceof Date date) {
            return date.toInstant();
        }
        String text = told == null ? "" : told.toString().strip();
        try {
            return text.isEmpty() ? null : text.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Refused("no moment like 2026-12-01T10:00:00+03:00, nor unix seconds: " + text);
        }
    }
}
