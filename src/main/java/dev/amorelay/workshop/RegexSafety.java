package dev.amorelay.workshop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which regular expressions a flow may use. Java's own are tried out way by way, and a few characters like {@code (a+)+b} have more
 * ways than a life has seconds: whoever chooses the text then holds a thread for ever. Allowed is what has few ways whatever it meets.
 */
final class RegexSafety {

    private static final int LONGEST = 500;
    /** Of {@code *}, {@code +} and {@code {2,}}: each multiplies the time by the text's length. */
    static final int MOST_REPETITIONS = 2;
    /** Of {@code ?}, {@code {2,5}} and {@code |}: each may double the time. */
    private static final int MOST_CHOICES = 12;
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?}");
    private static final int MOST_TIMES = 1_000;

    private final String pattern;
    private final Deque<Boolean> groups = new ArrayDeque<>();
    private int at;
    private int repetitions;
    private int choices;

    private RegexSafety(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Looks at a regular expression.
     *
     * @param pattern as Java takes it
     * @param most so many repetitions without an end it may have
     * @return what is wrong with it and what to do; empty for nothing
     */
    static Optional<String> wrong(String pattern, int most) {
        if (pattern.length() > LONGEST) {
            return Optional.of("a regular expression of more than " + LONGEST + " characters: use a bean");
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            return Optional.of("no regular expression: " + e.getDescription());
        } catch (StackOverflowError e) {
            return Optional.of("a regular expression nested too deep");
        }
        return new RegexSafety(pattern).look(most);
    }

    private Optional<String> look(int most) {
        groups.push(false);
        while (at < pattern.length()) {
            char next = pattern.charAt(at++);
            boolean variable = false;
            if (next == '\\') {
                if (at < pattern.length() && (Character.isDigit(pattern.charAt(at)) && pattern.charAt(at) != '0' || pattern.charAt(at) == 'k')) {
                    return Optional.of("a regular expression must not look back at one of its groups: use a bean");
                }
                if (at < pattern.length() && pattern.charAt(at) == 'Q') {
                    int end = pattern.indexOf("\\E", at);
                    at = end < 0 ? pattern.length() : end + 1;
                }
                at++;
            } else if (next == '[') {
                skipClass();
            } else if (next == '(') {
                groups.push(false);
                continue;
            } else if (next == '|') {
                choices++;
                groups.pop();
                groups.push(true);
                continue;
            } else if (next == ')' && groups.size() > 1) {
                variable = groups.pop();
                mark(variable);
            }
            Optional<String> wrong = quantifier(variable);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return repetitions > most ? Optional.of("a regular expression with more than " + most + " repetitions without an end (*, +): give them an end like {0,20}, or use a bean")
                : choices > MOST_CHOICES ? Optional.of("a regular expression with more than " + MOST_CHOICES + " choices (?, |, {1,2}): use a bean") : Optional.empty();
    }

    /** @param variable what stands before it can be met in several ways */
    private Optional<String> quantifier(boolean variable) {
        if (at >= pattern.length()) {
            return Optional.empty();
        }
        char sign = pattern.charAt(at);
        Matcher count = COUNT.matcher(pattern).region(at, pattern.length());
        boolean counted = sign == '{' && count.lookingAt();
        if (sign != '*' && sign != '+' && sign != '?' && !counted) {
            return Optional.empty();
        }
        at = counted ? count.end() : at + 1;
        if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
            at++;
        }
        boolean endless = sign == '*' || sign == '+' || counted && count.group(2) != null && count.group(3).isEmpty();
        int times = endless || sign == '?' ? 1 : Integer.parseInt(count.group(3) == null ? count.group(1) : count.group(3));
        if (variable && sign != '?') {
            return Optional.of("a regular expression must not repeat a group that has a repetition or a choice in it: use a bean");
        }
        if (times > MOST_TIMES) {
            return Optional.of("a regular expression must not ask for more than " + MOST_TIMES + " times: use a bean");
        }
        boolean fixed = counted && (count.group(2) == null || count.group(1).equals(count.group(3)));
        if (endless) {
            repetitions++;
        } else if (!fixed) {
            choices++;
        }
        mark(!fixed);
        return Optional.empty();
    }

    private void mark(boolean variable) {
        if (variable) {
            groups.pop();
            groups.push(true);
        }
    }

    /** To the end of {@code [a-z&&[^b]]}. */
    private void skipClass() {
        int depth = 1;
        boolean first = true;
        for (; at < pattern.length() && depth > 0; at++) {
            char inside = pattern.charAt(at);
            if (inside == '\\') {
                at++;
            } else if (inside == '[') {
                depth++;
            } else if (inside == ']' && !first) {
                depth--;
            }
            first = inside == '^' && first;
        }
    }
}
