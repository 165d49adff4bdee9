package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads <code>${body.lead.source}</code> and the like, and looks whether there is something at their end. */
final class Expressions {

    private static final Pattern HEAD = Pattern.compile("(body|variables?[.:]([\\w-]+)|exchangeProperty[.:]([\\w-]+)|exchangeProperties[.:]([\\w-]+))(?![\\w-])");
    private static final Pattern PART = Pattern.compile("\\G\\??(?:\\.(?<name>\\w+)(?<call>\\((?:[^()]|\\([^()]*\\))*\\))?|\\[(?<key>[^\\]]*)])");
    private static final int LONGEST_LIST = 12;

    private Expressions() {
    }

    /**
     * Looks at all functions of a text, as Camel's simple language reads it.
     *
     * @param text with or without functions
     * @param state what is there when it is read
     * @param wrong takes what is wrong, and what to write
     * @return what it gives
     */
    static Shape simple(String text, State state, Consumer<String> wrong) {
        List<String> functions = functions(text);
        Shape last = Shape.TEXT;
        for (String inner : functions) {
            last = function(inner, state, wrong);
            // functions within functions
            if (functions(inner).iterator().hasNext()) {
                simple(inner, state, wrong);
            }
        }
        return functions.size() == 1 && text.strip().equals("${" + functions.get(0) + "}") ? last : Shape.TEXT;
    }

    private static Shape function(String inner, State state, Consumer<String> wrong) {
        Matcher head = HEAD.matcher(inner);
        if (!head.lookingAt()) {
            return Shape.UNKNOWN;
        }
        String variable = head.group(2);
        String property = head.group(3) != null ? head.group(3) : head.group(4);
        Shape start = variable != null ? state.variables().getOrDefault(variable, Shape.UNKNOWN)
                : property != null ? state.properties().getOrDefault(property, Shape.UNKNOWN) : state.body();
        return follow(start, inner, head.end(), head.group(), wrong);
    }

    private static Shape follow(Shape start, String inner, int from, String soFar, Consumer<String> wrong) {
        Shape at = start;
        Matcher part = PART.matcher(inner);
        int end = from;
        while (end < inner.length() && part.find(end) && part.start() == end) {
            String name = part.group("name");
            String key = part.group("key");
            Optional<Shape> next = name != null ? at.property(name) : at.key(key);
            if (next.isEmpty()) {
                wrong.accept(missing(at, inner.substring(0, end), name, key));
                return Shape.UNKNOWN;
            }
            at = next.get();
            end = part.end();
        }
        return end == inner.length() ? at : Shape.UNKNOWN;
    }

    private static String missing(Shape at, String soFar, String name, String key) {
        Set<String> there = at.names();
        String wanted = name != null ? name : key;
        String deeper = name == null ? "" : there.stream().filter(one -> at.property(one).filter(shape -> shape.isKnown()
                && shape.names().contains(name)).isPresent()).findFirst().map(one -> ": write ${" + soFar + "." + one + "." + name + "}").orElse("");
        String hint = !deeper.isEmpty() ? deeper : there.isEmpty() ? "" : Nearest.hint(wanted, there, there.size() > LONGEST_LIST ? ""
                : ": it has " + String.join(", ", there));
        return "nothing is at ${" + soFar + (name != null ? "." + name : "[" + key + "]") + "}, since ${" + soFar + "} is " + at.told()
                + (name == null && !at.names().isEmpty() && at.names().contains(key) ? ": write ${" + soFar + "." + key + "}" : hint);
    }

    /** @return the texts of the outer functions */
    private static List<String> functions(String text) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (true) {
            int begin = FunctionSafety.start(text, at);
            if (begin < 0) {
                return found;
            }
            int end = FunctionSafety.end(text, begin);
            found.add(text.substring(begin, end));
            at = end;
        }
    }

    /**
     * What is there when a step begins.
     *
     * @param body of the message
     * @param variables by their names
     * @param properties of the exchange, by their names
     */
    record State(Shape body, Map<String, Shape> variables, Map<String, Shape> properties) {
    }
}
