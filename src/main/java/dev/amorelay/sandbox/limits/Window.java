package dev.amorelay.sandbox.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many calls in any stretch of so long.
 *
 * @param limit calls
 * @param span length of the stretch
 */
public record Window(int limit, Duration span) {

    private static final Pattern WRITTEN = Pattern.compile("([1-9]\\d{0,5})/(\\d{0,5})(ms|s|m|h)");

    /**
     * Reads windows.
     *
     * @param text like {@code 7/1s,250/1m,7000/1h}; empty or {@code none} = no limits
     * @throws IllegalArgumentException for anything else
     */
    public static List<Window> parse(String text) {
        List<Window> windows = new ArrayList<>();
        String wanted = text == null ? "" : text.replace(" ", "");
        if (!wanted.isEmpty() && !wanted.equals("none")) {
            for (String written : wanted.split(",", -1)) {
                Matcher matcher = WRITTEN.matcher(written);
                if (!matcher.matches()) {
                    throw new IllegalArgumentException("limits must look like 7/1s,250/1m,7000/1h, or be none");
                }
                long count = matcher.group(2).isEmpty() ? 1 : Long.parseLong(matcher.group(2));
                if (count == 0) {
                    throw new IllegalArgumentException("a window of no length limits nothing");
                }
                windows.add(new Window(Integer.parseInt(matcher.group(1)), span(count, matcher.group(3))));
            }
        }
        return windows;
    }

    private static Duration span(long count, String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
