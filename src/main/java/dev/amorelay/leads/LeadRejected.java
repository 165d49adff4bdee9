package dev.amorelay.leads;

import java.util.List;
import java.util.stream.Collectors;

/** The request holds no lead: it is malformed, or names no way to reach anybody. Answered with 422. */
public final class LeadRejected extends RuntimeException {

    private final transient List<FieldProblem> problems;

    /** @param problems at least one; the exception's own text names only their fields, never what was typed */
    public LeadRejected(List<FieldProblem> problems) {
        super("lead rejected: " + problems.stream().map(FieldProblem::field).collect(Collectors.joining(", ")));
        this.problems = List.copyOf(problems);
    }

    static LeadRejected body(String message) {
        return new LeadRejected(List.of(new FieldProblem("body", message)));
    }

    /** @return what is wrong, field by field */
    public List<FieldProblem> problems() {
        return problems;
    }
}
