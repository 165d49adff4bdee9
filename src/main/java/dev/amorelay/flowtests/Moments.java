package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.amorelay.settings.RelayZone;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times relative to the run: {@code ${today+20 days}} is a date by the clock of the relay under test, {@code ${now-2 hours}} an ISO time,
 * {@code ${unix-5 minutes}} seconds since 1970, a number where nothing stands beside it.
 */
final class Moments {

    private static final Pattern MOMENT =
            Pattern.compile("\\$\\{(today|now|unix)(?:\\s*([+-])\\s*(\\d{1,6})\\s*(day|hour|minute|second)s?)?}");

    private final Instant now;
    private final ZoneId zone;

    Moments(Instant now) {
        this(now, RelayZone.ofFlowTests());
    }

    Moments(Instant now, ZoneId zone) {
        this.zone = zone;
        this.now = now;
    }

    /** The text with its moments filled in. */
    String fill(String text) {
        return MOMENT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(told(found)));
    }

    /** The same as JSON: a lone {@code ${unix}} becomes a number. */
    JsonNode value(String text) {
        String filled = fill(text);
        boolean number = text.startsWith("${unix") && MOMENT.matcher(text).matches();
        return number ? JsonNodeFactory.instance.numberNode(Long.parseLong(filled)) : JsonNodeFactory.instance.textNode(filled);
    }

    private String told(MatchResult found) {
        Instant moment = now;
        if (found.group(2) != null) {
            long steps = Long.parseLong(found.group(3)) * (found.group(2).equals("-") ? -1 : 1);
            moment = now.plus(steps, ChronoUnit.valueOf(found.group(4).toUpperCase(Locale.ROOT) + "S"));
        }
        return switch (found.group(1)) {
            case "today" -> LocalDate.ofInstant(moment, zone).toString();
            case "now" -> moment.truncatedTo(ChronoUnit.SECONDS).toString();
            default -> String.valueOf(moment.getEpochSecond());
        };
    }
}
