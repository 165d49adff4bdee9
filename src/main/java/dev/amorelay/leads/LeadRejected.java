package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.Problem;
import dev.amorelay.json.Json;
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

    /** @return the answer to the post: {@code application/problem+json} with {@code errors} of {@code {field, message}} */
    public String answer() {
        ObjectNode answer = Problem.refused("leads", problems.get(0).message());
        ArrayNode errors = answer.putArray("errors");
        problems.forEach(problem -> errors.addObject().put("field", problem.field()).put("message", problem.message()));
        return Json.write(answer);
    }
}
