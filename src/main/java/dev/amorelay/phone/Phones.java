package dev.amorelay.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Phone numbers as people type them, read as Russian unless they name another country with a plus. */
public final class Phones {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String REGION = "RU";
    private static final int LONGEST_TEXT = 250;
    private static final int KEY_DIGITS = 10;

    private Phones() {
    }

    /**
     * Reads a phone number.
     *
     * @param raw text as typed: {@code +7 (999) 123-45-67}, {@code 8 999 123 45 67}, {@code 79991234567}, a number
     *     with words around it; may be null
     * @return the first number that exists in its country's numbering plan, in E.164 ({@code +79991234567}); empty for
     *     anything else ({@code N/A}, a name, too few digits)
     */
    public static Optional<String> e164(String raw) {
        return numbers(raw).stream().findFirst();
    }

    /**
     * What amoCRM's contact search is asked for: it looks for substrings, and the CRM holds the same number as
     * {@code 8…}, {@code +7…} and {@code 7…}.
     *
     * @param e164 a number, usually in E.164
     * @return its last ten digits; all of them when there are fewer
     */
    public static String lastTen(String e164) {
        String digits = digits(e164);
        return digits.substring(Math.max(0, digits.length() - KEY_DIGITS));
    }

    /**
     * Tells whether two texts name the same phone. A text may hold several numbers: one in common is enough.
     *
     * @param a text as typed, may be null
     * @param b text as typed, may be null
     * @return true when a number that could be read stands in both
     */
    public static boolean same(String a, String b) {
        Set<String> common = numbers(a);
        common.retainAll(numbers(b));
        return !common.isEmpty();
    }

    private static Set<String> numbers(String raw) {
        Set<String> found = new LinkedHashSet<>();
        if (raw == null || raw.isBlank()) {
            return found;
        }
        String text = raw.strip();
        text = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
        if (text.startsWith("+8") && digits(text).length() == 11) {
            whole(text.substring(1)).ifPresent(found::add); // "+8 999 …": the habit of the eight, under a plus
        }
        whole(text).ifPresent(found::add);
        for (PhoneNumberMatch match : NUMBERS.findNumbers(text, REGION, Leniency.VALID, LONGEST_TEXT)) {
            found.add(NUMBERS.format(match.number(), PhoneNumberFormat.E164));
        }
        return found;
    }

    private static Optional<String> whole(String text) {
        try {
            PhoneNumber number = NUMBERS.parse(text, REGION);
            return NUMBERS.isValidNumber(number)
                    ? Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private static String digits(String text) {
        return text == null ? "" : text.replaceAll("\\D", "");
    }
}
