package dev.amorelay.sandbox.faults;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which calls a fault may meet: {@code *}, a method ({@code PATCH}), a path ({@code leads/notes}) or both
 * ({@code POST leads}). In a path {@code *} stands for anything, and every number is {@code {id}}.
 */
final class Scope {

    private static final Pattern METHOD = Pattern.compile("[A-Z]+|\\*");

    private final String written;
    private final String method;
    private final Pattern path;

    private Scope(String written, String method, String path) {
        this.written = written;
        this.method = method;
        this.path = Stream.of(path.split("\\*", -1)).map(Pattern::quote)
                .collect(Collectors.collectingAndThen(Collectors.joining(".*"), regex -> Pattern.compile(regex, Pattern.CASE_INSENSITIVE)));
    }

    static Scope parse(String text) {
        String wanted = text == null || text.isBlank() ? "*" : text.strip();
        String[] words = wanted.split("\\s+", 2);
        if (words.length == 2) {
            return new Scope(wanted, words[0].toUpperCase(Locale.ROOT), words[1]);
        }
        return METHOD.matcher(wanted).matches() ? new Scope(wanted, wanted, "*") : new Scope(wanted, "*", wanted);
    }

    boolean holds(String calledMethod, String calledPath) {
        return (method.equals("*") || method.equals(calledMethod)) && path.matcher(calledPath).matches();
    }

    @Override
    public String toString() {
        return written;
    }
}
