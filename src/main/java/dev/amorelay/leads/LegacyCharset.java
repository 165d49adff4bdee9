package dev.amorelay.leads;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The charsets of old Russian forms, and which of them a text is in that nobody has said anything about. */
final class LegacyCharset {

    static final Charset WINDOWS_1251 = Charset.forName("windows-1251");

    /** The likelier first: it wins where two fit alike. */
    private static final List<Charset> KNOWN = Stream.of("windows-1251", "KOI8-R", "IBM866", "ISO-8859-5").filter(Charset::isSupported)
            .map(Charset::forName).toList();
    /** How often a letter stands in Russian texts, per mille. */
    private static final String LETTERS = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";
    private static final int[] OFTEN = {110, 85, 80, 74, 67, 63, 55, 47, 45, 43, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3, 1, 2};
    private static final double OTHER_LETTER = -3;
    private static final double SYMBOL = -6;
    private static final double SIGN = 1;
    private static final double CAPITAL_INSIDE = -4;
    private static final String SIGNS = "«»№—–…“”„’\u00a0°";
    private static final int ENOUGH = 4000;

    private LegacyCharset() {
    }

    /**
     * Reads a charset's name.
     *
     * @param name as a header, a part or {@code _charset_} says it; may be null or unknown
     * @return the charset; null where there is no such
     */
    static @Nullable Charset named(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        String plain = name.strip().replaceAll("[\"']", "").toLowerCase(Locale.ROOT);
        try {
            return Charset.forName(plain);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return plain.contains("1251") ? WINDOWS_1251 : plain.contains("koi8") ? Charset.forName("KOI8-R")
                    : plain.matches("utf.?8.*") ? StandardCharsets.UTF_8 : null;
        }
    }

    /** @return the charset in which bytes that are not UTF-8 look most like Russian, told by its letters and capitals */
    static Charset of(byte[] bytes) {
        byte[] some = bytes.length > ENOUGH ? java.util.Arrays.copyOf(bytes, ENOUGH) : bytes;
        return KNOWN.stream().max(Comparator.<Charset>comparingDouble(charset -> score(new String(some, charset)))
                .thenComparing(charset -> -KNOWN.indexOf(charset))).orElse(WINDOWS_1251);
    }

    private static double score(String text) {
        double score = 0;
        char before = ' ';
        for (char c : text.toCharArray()) {
            if (c > 127) {
                int place = LETTERS.indexOf(Character.toLowerCase(c));
                score += place >= 0 ? Math.log(OFTEN[place]) : SIGNS.indexOf(c) >= 0 ? SIGN : Character.isLetter(c) ? OTHER_LETTER : SYMBOL;
                score += Character.isUpperCase(c) && Character.isLowerCase(before) ? CAPITAL_INSIDE : 0;
            }
            before = c;
        }
        return score;
    }
}
