package dev.amorelay.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many leads have their effects at once; those beyond wait, each on the node that took it.
 *
 * @param perAddress leads of one client address, like {@code 200/1m}; {@code none} = as many as come
 * @param perPerson leads that name one phone, e-mail or Telegram id
 * @param inAll leads of people whom we do not know
 * @param honeypot names of form fields that no person sees, and none fills in
 */
@ConfigurationProperties("relay.ingest-limits")
public record IngestLimits(@DefaultValue("200/1m") String perAddress, @DefaultValue("10/1h") String perPerson,
                           @DefaultValue("1000/1m") String inAll, @DefaultValue List<String> honeypot) {

    private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{0,5})/(\\d{0,3})([smh])");

    /**
     * So many in so long.
     *
     * @param most at once, after a pause
     * @param span in which as many come free again, evenly
     */
    public record Rate(int most, Duration span) {
    }

    /** @return the rate that a text says; empty for {@code none} */
    public static Optional<Rate> rate(String text) {
        Matcher parts = SHAPE.matcher(text.trim());
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = parts.group(2).isEmpty() ? 1 : Long.parseLong(parts.group(2));
        Duration span = switch (parts.group(3)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        return Optional.of(new Rate(Integer.parseInt(parts.group(1)), span));
    }

    static boolean understands(String text) {
        return text.equals("none") || rate(text).filter(rate -> !rate.span().isZero()).isPresent();
    }
}
