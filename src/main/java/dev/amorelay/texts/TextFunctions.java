package dev.amorelay.texts;

import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What templates can call beside FreeMarker's own words. */
final class TextFunctions {

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEEE", Locale.forLanguageTag("ru"));
    private static final int ISO_DATE = 10;

    private TextFunctions() {
    }

    /**
     * Shows all.
     *
     * @return {@code line(text)}: on one line; {@code brief(text, 100)}: so long at most, with an ellipsis that tells so;
     *     {@code day(date)}: {@code 31.12.2026} of an ISO date, anything else as it is; {@code weekday(date)}: {@code четверг} of one, else nothing; {@code roubles(amount)}: with a ₽ behind a number
     */
    static Map<String, TemplateMethodModelEx> all() {
        return Map.of("line", arguments -> line(text(arguments, 0)),
                "brief", arguments -> brief(text(arguments, 0), number(arguments, 1)),
                "day", arguments -> date(text(arguments, 0)).map(DAY::format).orElse(text(arguments, 0)),
                "weekday", arguments -> date(text(arguments, 0)).map(WEEKDAY::format).orElse(""),
                "roubles", arguments -> roubles(text(arguments, 0)));
    }

    static String line(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    private static String brief(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Math.max(0, most - 1);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text.length() > ISO_DATE ? text.substring(0, ISO_DATE) : text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The sign goes after a number only: "1 500,75 ₽" and "по запросу" stay as they came. */
    private static String roubles(String amount) {
        return !amount.isEmpty() && Character.isDigit(amount.charAt(amount.length() - 1)) ? amount + " ₽" : amount;
    }

    private static String text(List<?> arguments, int place) throws TemplateModelException {
        Object argument = place < arguments.size() ? arguments.get(place) : null;
        if (argument instanceof TemplateNumberModel number) {
            return String.valueOf(number.getAsNumber());
        }
        if (argument instanceof TemplateScalarModel scalar) {
            return scalar.getAsString();
        }
        throw new TemplateModelException("a text is wanted here");
    }

    private static int number(List<?> arguments, int place) throws TemplateModelException {
        if (place < arguments.size() && arguments.get(place) instanceof TemplateNumberModel number) {
            return number.getAsNumber().intValue();
        }
        throw new TemplateModelException("a number is wanted here");
    }
}
