package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lead's price as the CRM takes it: amoCRM has no fractions and a signed 32-bit limit.
 *
 * @param roubles whole roubles, fractions cut off, 0…2147483647
 * @param remark a Russian sentence when the total was not taken as it came; else null
 */
public record Price(long roubles, @Nullable String remark) {

    /** The largest price amoCRM stores. */
    public static final long LARGEST = Integer.MAX_VALUE;

    private static final Price NOTHING = new Price(0, null);
    private static final Pattern DECIMAL = Pattern.compile("([+-]?)0*+([0-9]*+)(?:\\.[0-9]*+)?+");
    private static final int LONGEST_QUOTE = 200;

    /**
     * Reads a total. A text must be a plain decimal ({@code 1500}, {@code 1500.75}): a price that would have to be
     * guessed ({@code 1 500,75 ₽}, {@code 1e9}, {@code -5}, {@code NaN}) becomes 0 and a remark with the raw text,
     * because a manager corrects a missing price and believes a wrong one. A JSON number may be written {@code 1e9}.
     *
     * @param total number, text, anything; null or missing where there is none
     * @return the price; 0 without a remark for nothing at all
     */
    public static Price of(@Nullable JsonNode total) {
        String raw = NodeText.of(total);
        if (raw == null) {
            return NOTHING;
        }
        if (total.isNumber()) {
            boolean finite = !(total.isDouble() || total.isFloat()) || Double.isFinite(total.doubleValue());
            return finite ? number(total.decimalValue(), raw) : unreadable(raw);
        }
        return total.isTextual() ? text(raw) : unreadable(raw);
    }

    private static Price number(BigDecimal value, String raw) {
        if (value.signum() < 0) {
            return unreadable(raw);
        }
        return value.compareTo(BigDecimal.valueOf(LARGEST + 1)) >= 0
                ? tooLarge(raw)
                : new Price(value.longValue(), null);
    }

    private static Price text(String raw) {
        Matcher decimal = DECIMAL.matcher(raw.strip());
        if (!decimal.matches() || raw.chars().noneMatch(c -> c >= '0' && c <= '9') || "-".equals(decimal.group(1))) {
            return unreadable(raw);
        }
        String whole = decimal.group(2);
        if (whole.length() > 10 || !whole.isEmpty() && Long.parseLong(whole) > LARGEST) {
            return tooLarge(raw);
        }
        return new Price(whole.isEmpty() ? 0 : Long.parseLong(whole), null);
    }

    private static Price unreadable(String raw) {
        return new Price(0, "Сумма не распознана: «" + Lines.brief(raw, LONGEST_QUOTE) + "»");
    }

    private static Price tooLarge(String raw) {
        return new Price(LARGEST, "Сумма больше допустимой в CRM, записана как 2147483647: «"
                + Lines.brief(raw, LONGEST_QUOTE) + "»");
    }
}
