package dev.amorelay.leads;

import java.util.regex.Pattern;

/** E-mail addresses, checked for their shape only. */
final class EmailAddress {

    /** The longest address that SMTP carries. */
    static final int LONGEST = 254;

    private static final Pattern SHAPE = Pattern.compile("[^\\s\\p{Cc}\\p{Cs}\ufffd@<>,;\"]++@[^\\s\\p{Cc}\\p{Cs}\ufffd@<>,;\"]++");

    private EmailAddress() {
    }

    /** @return whether a mail could be sent to it; false for null */
    static boolean looksRight(String text) {
        return text != null && text.length() <= LONGEST && SHAPE.matcher(text).matches()
                && text.lastIndexOf('.') > text.indexOf('@') + 1 && !text.endsWith(".");
    }
}
