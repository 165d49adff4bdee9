package dev.amorelay.flowtests;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a test has kept of the answers so far, for its later requests: {@code ${kept.state}}. */
final class Kept {

    private static final Pattern USE = Pattern.compile("\\$\\{kept\\.(\\w+)}");

    private final Map<String, String> values = new HashMap<>();

    /** Keeps what a step wants of its answer; tells what is not in it. */
    List<String> keep(Step.Request step, String answer) {
        return step.keep().entrySet().stream().filter(one -> {
            Matcher found = one.getValue().matcher(answer);
            boolean there = found.find();
            if (there) {
                values.put(one.getKey(), found.group(1));
            }
            return !there;
        }).map(one -> "to be kept as " + one.getKey() + ": nothing in it fits " + one.getValue()).toList();
    }

    /** The request with what was kept filled in. */
    Step.Request fill(Step.Request step) {
        Map<String, String> headers = new LinkedHashMap<>();
        step.headers().forEach((name, value) -> headers.put(name, fill(value, step.place())));
        return new Step.Request(step.place(), step.method(), fill(step.path(), step.place()), headers, step.type(), fill(step.body(), step.place()),
                step.as(), step.status(), step.answer(), step.said(), step.keep());
    }

    private String fill(String text, Place place) {
        return USE.matcher(text).replaceAll(use -> {
            if (!values.containsKey(use.group(1))) {
                throw new BadTest(place, "no answer before has kept " + use.group(1));
            }
            return Matcher.quoteReplacement(values.get(use.group(1)));
        });
    }
}
