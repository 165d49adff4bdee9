package dev.amorelay.workshop;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Every step has an id that names what it does: Hawtio writes it on the step's box, and counters, traces and what is told about a failure
 * bear it; an id that Camel or an editor makes up is another one after each edit. What breaks this does no harm to what runs, and so it
 * does not keep an edit from taking effect.
 */
class StepNamesRule implements Rule {

    /** More does not fit on a box of the diagram. */
    private static final int LONGEST = 34;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");
    private static final String ASKED = "what it does in a few small words, like read-lead or fair.read-lead; diagrams, counters and traces show it";

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        flows.items().forEach(item -> FlowStep.in(item).forEach(step -> check(step, findings)));
    }

    private static void check(FlowStep step, Consumer<Finding> findings) {
        if (step.id().isEmpty()) {
            findings.accept(step.key().finding("this '" + step.word() + "' has no id: give it one that says " + ASKED));
            return;
        }
        YamlNode id = step.id().get();
        if (id.text().matches("(?i)" + Pattern.quote(step.word()) + "-?\\d+") || !NAME.matcher(id.text()).matches()) {
            findings.accept(id.finding("'" + id.text() + "' does not say what this '" + step.word() + "' is for: write " + ASKED));
        } else if (id.text().length() > LONGEST) {
            findings.accept(id.finding("'" + id.text() + "' is longer than the " + LONGEST + " characters that a diagram shows: shorten it"));
        }
    }
}
