package dev.amorelay.leads;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** E-mail addresses, checked for their shape only. */
final class EmailAddress {

    private static final Pattern BETWEEN = Pattern.compile("[\\p{Z}\\s\\p{Cc},;|/]+");

    /** Words that are no part of an address with a blank in it: {@code почта: anna@example.com или olga@example.com}. */
    private static final Pattern WORD = Pattern.compile("[\\p{IsCyrillic}\\p{Punct}\\p{Pd}]*|(?i:e-?mail|mail|or|and):?");

    /** {@code "Anna" <anna@example.com>} */
    private static final Pattern NAMED = Pattern.compile("[^<>@]*<([^<>]*)>\\s*");

    /** Comes along when an address is copied from a page or a document. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+|^[\\p{Z}\\s]+|[\\p{Z}\\s]+$");

    private static final Pattern AROUND = Pattern.compile("^[<(\"«]*(?:e-?mail:|mailto:)?|[>)\"».:]+$", Pattern.CASE_INSENSITIVE);

    private EmailAddress() {
    }

    /** @return whether a mail could be sent to it, as the contract has it; false for null */
    static boolean looksRight(String text) {
        return text != null && LeadRules.CONTRACT.fits("email", text);
    }

    /**
     * The address in a text that may hold several. One that somebody broke with a blank or a comma is none: what is left of it
     * could be a stranger's.
     *
     * @return the first address; null where there is none, where there is something between them that is no word, and for null
     */
    static String first(String given) {
        String text = given == null ? null : INVISIBLE.matcher(given).replaceAll("");
        if (text == null || looksRight(text)) {
            return text == null ? null : bare(text);
        }
        Matcher named = NAMED.matcher(text);
        List<String> parts = Arrays.stream(BETWEEN.split(named.matches() ? named.group(1) : text))
                .map(EmailAddress::bare).toList();
        boolean allUnderstood = parts.stream().allMatch(part -> looksRight(part) || WORD.matcher(part).matches());
        return allUnderstood ? parts.stream().filter(EmailAddress::looksRight).findFirst().orElse(null) : null;
    }

    private static String bare(String part) {
        return AROUND.matcher(part).replaceAll("");
    }
}
