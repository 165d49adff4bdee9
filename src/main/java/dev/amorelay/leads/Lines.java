package dev.amorelay.leads;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts texts to lines and lengths, never through the middle of a character. */
final class Lines {

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

    private Lines() {
    }

    /** @return the text on one line: breaks and control characters become single spaces */
    static String one(String text) {
        return text == null ? "" : BREAKS.matcher(text).replaceAll(" ").strip();
    }

    /** @return the text, or its first {@code max} UTF-16 units (one less where a surrogate pair would be split) */
    static String cut(String text, int max) {
        return text.substring(0, end(text, 0, max));
    }

    /** @return like {@link #cut}, with an ellipsis that tells so */
    static String brief(String text, int max) {
        return text.length() <= max ? text : cut(text, max - 1) + "…";
    }

    /** @return the text in parts of at most {@code max}, divided at line breaks where there are any */
    static List<String> split(String text, int max) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (text.length() - from > max) {
            int border = text.lastIndexOf('\n', from + max);
            boolean broken = border <= from;
            int to = broken ? end(text, from, max) : border;
            parts.add(text.substring(from, to));
            from = broken ? to : border + 1;
        }
        parts.add(text.substring(from));
        return parts.stream().filter(part -> !part.isBlank()).toList();
    }

    private static int end(String text, int from, int max) {
        int end = Math.min(text.length(), from + max);
        boolean insidePair = end > from && end < text.length()
                && Character.isHighSurrogate(text.charAt(end - 1)) && Character.isLowSurrogate(text.charAt(end));
        return insidePair ? end - 1 : end;
    }
}
