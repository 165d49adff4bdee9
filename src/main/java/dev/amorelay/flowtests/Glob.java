package dev.amorelay.flowtests;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts in which {@code *} stands for anything. */
final class Glob {

    private Glob() {
    }

    /** What fits the text as a whole. */
    static Pattern of(String text) {
        String pattern = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL);
    }
}
