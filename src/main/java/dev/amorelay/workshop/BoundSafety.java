package dev.amorelay.workshop;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses what can be seen to hold a worker for ever: a delay of days, a redelivery without an end, a regular expression that explodes.
 * What can be known only when a message comes by, like how often a loop turns, is bounded where flows run.
 */
final class BoundSafety {

    private static final long LONGEST_MILLIS = 60_000;
    private static final long MOST_TURNS = 10_000;
    private static final long MOST_REDELIVERIES = 20;
    private static final Set<String> FOR_PEOPLE = Set.of("description", "note", "id", "group");
    /** Parts of steps that hold the exchange so many milliseconds, and options of addresses. */
    private static final Set<String> WAITS = Set.of("timePeriodMillis", "redeliveryDelay", "maximumRedeliveryDelay", "timeout", "timeoutDuration",
            "bulkheadMaxWaitDuration");
    private static final Map<String, Set<String>> OPTIONS = Map.of("direct", Set.of("timeout"), "https", Set.of("connectTimeout", "responseTimeout"));
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern SETTING = Pattern.compile("\\{\\{\\s*relay\\.[^{}$]*}}");
    private static final Pattern DELAYS = Pattern.compile("\\d{1,9}:\\d{1,9}(;\\d{1,9}:\\d{1,9})*");
    private static final Pattern REGEX = Pattern.compile("(?:^|[\\s}'\"!])regex\\s+(?:'([^']*)'|\"([^\"]*)\"|(\\S+))");
    private static final Pattern SPLIT = Pattern.compile("\\.\\s*split\\s*\\(");
    private static final Pattern LITERAL = Pattern.compile("\\s*(?:'([^']*)'|\"([^\"]*)\"|([^'\"${}(),]*))\\s*(?:,\\s*-?\\d+\\s*)?\\)");
    private static final Pattern RANGE = Pattern.compile("\\$\\{\\s*(?:range|pad)\\s*\\(([^)]*)");

    /** Goes round for as long as it likes, takes a regular expression or makes something as large as a number says. */
    private static final Pattern JQ_ENDLESS = Pattern.compile("\\b(?:range|repeat|while|until|recurse|recurse_down|limit|combinations|def|reduce|foreach|test|match"
            + "|capture|scan|splits|sub|gsub|setpath|implode)\\b|\\[\\s*\\d{5,}\\s*]|''\\s*\\*|\\*\\s*''");
    private static final Pattern JQ_TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern JQ_FIELD = Pattern.compile("\\.\\s*\\w+|\\w+\\s*:(?!:)");

    private BoundSafety() {
    }

    static void check(FlowItem item, Consumer<Finding> findings) {
        Optional<YamlNode> steps = item.is(FlowItem.KAMELET) ? item.body().at("spec", "template") : Optional.of(item.body());
        steps.ifPresent(node -> walk(node, findings));
        Address.in(item).forEach(address -> address.options().forEach((option, place) -> {
            if (OPTIONS.getOrDefault(address.scheme(), Set.of()).contains(option)) {
                most(address.option(option), place, 1, LONGEST_MILLIS, option, findings);
            }
        }));
    }

    private static void walk(YamlNode node, Consumer<Finding> findings) {
        node.items().forEach(item -> {
            if (item.isText()) {
                simple(item, findings);
            }
            walk(item, findings);
        });
        node.entries().forEach(entry -> {
            if (entry.name().equals("parameters")) {
                // their names are those of components
                entry.value().entries().forEach(option -> simple(option.value(), findings));
            } else {
                part(entry.name(), entry.value(), findings);
                walk(entry.value(), findings);
            }
        });
    }

    private static void part(String name, YamlNode value, Consumer<Finding> findings) {
        switch (name) {
            case "loop" -> literal(value).filter(text -> NUMBER.matcher(text).matches()).ifPresent(text -> most(text, value, 0, MOST_TURNS, name, findings));
            case "delay" -> most(literal(value).orElse("?"), value, 0, LONGEST_MILLIS, name, findings);
            case "throttle" -> most(literal(value).orElse("?"), value, 1, Integer.MAX_VALUE, name, findings);
            case "maximumRedeliveries" -> most(value.text(), value, 0, MOST_REDELIVERIES, name, findings);
            case "delayPattern" -> delays(value, findings);
            case "retryWhile" -> findings.accept(value.finding("'retryWhile' may have no end: give 'maximumRedeliveries'"));
            case "jq" -> jq(value.isText() ? value : value.get("expression").orElse(value), findings);
            case "tokenize" -> {
                if (value.text("regex").equals("true")) {
                    regex(value.text("token"), value, 1, findings);
                }
            }
            default -> {
                if (WAITS.contains(name) && value.isText()) {
                    most(value.text(), value, 0, LONGEST_MILLIS, name, findings);
                } else if (value.isText() && !FOR_PEOPLE.contains(name)) {
                    simple(value, findings);
                }
            }
        }
    }

    /** @return the number or text that stands in an expression, whichever way it is written; empty where it is made of a message */
    private static Optional<String> literal(YamlNode expression) {
        if (expression.isText()) {
            return Optional.of(expression.text()).filter(text -> !text.contains("${"));
        }
        return expression.get("expression").or(() -> expression.get("constant")).or(() -> expression.get("simple")).flatMap(BoundSafety::literal);
    }

    private static void most(String text, YamlNode place, long least, long most, String what, Consumer<Finding> findings) {
        boolean setting = SETTING.matcher(text).matches();
        if (!setting && (!NUMBER.matcher(text).matches() || Long.parseLong(text) < least || Long.parseLong(text) > most)) {
            findings.accept(place.finding("'" + what + "' is a number of " + least + " to " + most + ", written out"
                    + (most == LONGEST_MILLIS ? ", in milliseconds: what has to wait longer is owed for later, or tried again with kamelet:work-again" : "")));
        }
    }

    private static void jq(YamlNode value, Consumer<Finding> findings) {
        // a text with a function in it is looked at as a whole
        String text = value.text();
        String code = text.contains("\\(") ? text : JQ_FIELD.matcher(JQ_TEXT.matcher(text).replaceAll("''")).replaceAll(" ");
        Matcher endless = JQ_ENDLESS.matcher(code);
        if (endless.find()) {
            findings.accept(value.finding("jq only picks and maps here: take " + endless.group() + " out, or use a bean"));
        }
    }

    private static void delays(YamlNode value, Consumer<Finding> findings) {
        boolean fits = DELAYS.matcher(value.text()).matches();
        for (String one : fits ? value.text().split(";") : new String[0]) {
            fits &= Long.parseLong(one.substring(one.indexOf(':') + 1)) <= LONGEST_MILLIS;
        }
        if (!fits) {
            findings.accept(value.finding("'delayPattern' is like 1:1000;5:5000, of " + LONGEST_MILLIS + " ms at most"));
        }
    }

    private static void simple(YamlNode value, Consumer<Finding> findings) {
        String text = value.text();
        Matcher regex = REGEX.matcher(text);
        while (regex.find()) {
            String pattern = regex.group(1) != null ? regex.group(1) : regex.group(2) != null ? regex.group(2) : regex.group(3);
            if (regex.group(3) == null || pattern.contains("${")) {
                regex(pattern, value, RegexSafety.MOST_REPETITIONS, findings);
            }
        }
        Matcher split = SPLIT.matcher(text);
        while (split.find()) {
            Matcher literal = LITERAL.matcher(text).region(split.end(), text.length());
            if (literal.lookingAt()) {
                regex(literal.group(1) != null ? literal.group(1) : literal.group(2) != null ? literal.group(2) : literal.group(3).strip(), value, 1, findings);
            } else {
                findings.accept(value.finding("what split() looks for is written out: split(',')"));
            }
        }
        Matcher range = RANGE.matcher(text);
        while (range.find()) {
            for (String number : range.group(1).split(",")) {
                if (number.contains("$") || number.strip().matches("-?\\d{5,}")) {
                    findings.accept(value.finding("the numbers of range() and pad() are written out, of four digits at most"));
                }
            }
        }
    }

    private static void regex(String pattern, YamlNode place, int most, Consumer<Finding> findings) {
        if (pattern.contains("${") || pattern.contains("{{")) {
            findings.accept(place.finding("a regular expression is written out: no ${…} and no {{…}} in it"));
        } else {
            RegexSafety.wrong(pattern, most).ifPresent(wrong -> findings.accept(place.finding(wrong)));
        }
    }
}
