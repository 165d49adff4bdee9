package dev.amorelay.phone;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Phone numbers as people type them, read as those of one region unless they name another country. */
public final class Phones {

    private static final int KEY_DIGITS = 10;
    private static final int FEWEST_DIGITS = 7;
    private static final int LONGEST_OWN = 11;

    /** How numbers of a country begin where its code is left out or dialled: none, 0, 8, 7 8, 00, 8~10. */
    private static final Pattern DIALLED = Pattern.compile("^(?:810|00|0|8|78(?=\\d{10}$))");
    private static final Pattern WORDS = Pattern.compile("\\p{L}");

    private static final AtomicReference<String> REGION = new AtomicReference<>("RU");

    private Phones() {
    }

    /** Sets whose numbering plan is meant where no country is named. */
    static void readAs(String region) {
        REGION.set(region);
    }

    /**
     * Reads a phone number.
     *
     * @param raw text as typed where a phone belongs: {@code +7 (999) 123-45-67}, {@code 8 999 123 45 67}, {@code 79991234567}, a
     *     number with words around it; may be null
     * @return the first number in it, in E.164 ({@code +79991234567}); also one that names a country whose plan does not have it;
     *     empty for anything else ({@code N/A}, a name, too few digits, a taxpayer's number)
     */
    public static Optional<String> e164(@Nullable String raw) {
        return first(raw).map(TypedPhone::e164);
    }

    /**
     * Reads a phone number.
     *
     * @param raw text as typed where a phone belongs; may be null
     * @return the first number in it
     */
    public static Optional<TypedPhone> first(@Nullable String raw) {
        return PhoneText.read(raw, REGION.get()).stream().findFirst();
    }

    /**
     * Reads a text that is meant for something else, and is a phone all the same: people type one where their name belongs.
     *
     * @param raw text as typed, may be null
     * @return the number in E.164; empty where the text has words in it, or
     *     more digits than a number of the region without a plus before them, or a number that no plan has
     */
    public static Optional<String> whole(@Nullable String raw) {
        boolean isOther = raw == null || WORDS.matcher(raw).find() || !raw.contains("+") && digits(raw).length() > LONGEST_OWN;
        return isOther ? Optional.empty() : first(raw).filter(TypedPhone::inPlan).map(TypedPhone::e164);
    }

    /**
     * Tells whether a text is just ten digits: that may be a phone without its eight as well as a taxpayer's number.
     *
     * @param raw text as typed, may be null
     * @return whether it is
     */
    public static boolean isBare(@Nullable String raw) {
        return raw != null && raw.strip().matches("\\d{10}");
    }

    /**
     * Tells whether a text says more than its phone: an extension, a second number, a name.
     *
     * @param raw text as typed, may be null
     * @param e164 the phone that was read in it
     * @return whether something of it is lost where only the phone is kept
     */
    public static boolean saysMore(@Nullable String raw, String e164) {
        String typed = digits(raw);
        String number = digits(e164);
        String core = DIALLED.matcher(typed).replaceFirst("");
        // all but a country's code of up to three digits
        boolean sameDigits = typed.equals(number) || number.endsWith(core) && core.length() + 3 >= number.length();
        return raw != null && (WORDS.matcher(raw).find() || !sameDigits);
    }

    /**
     * Tells whether a person could read a number in a text, though we cannot.
     *
     * @param raw text as typed, may be null
     * @return whether there are at least seven digits, as many as a number in a town has
     */
    public static boolean mayHoldOne(@Nullable String raw) {
        return digits(raw).length() >= FEWEST_DIGITS;
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
     * @param a text as typed where a phone belongs, may be null
     * @param b text as typed where a phone belongs, may be null
     * @return true when a number that could be read stands in both
     */
    public static boolean same(@Nullable String a, @Nullable String b) {
        Set<String> common = numbers(a);
        common.retainAll(numbers(b));
        return !common.isEmpty();
    }

    /**
     * Tells whether there is a numbering plan of a region.
     *
     * @param region two capital letters
     * @return whether the library knows it
     */
    public static boolean isRegion(String region) {
        return NumberPlan.isRegion(region);
    }

    private static Set<String> numbers(String raw) {
        return PhoneText.read(raw, REGION.get()).stream().map(TypedPhone::e164).collect(Collectors.toSet());
    }

    private static String digits(String text) {
        return text == null ? "" : text.replaceAll("\\P{Nd}", "");
    }
}
