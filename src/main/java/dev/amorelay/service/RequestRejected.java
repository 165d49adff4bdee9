package dev.amorelay.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.leads.FieldProblem;
import dev.amorelay.park.ParkRefusal;
import java.util.List;
import java.util.stream.Collectors;

/** What came cannot be a request, a completion or a photo: 422 with what is wrong in which field. */
public final class RequestRejected extends ParkRefusal {

    private final transient List<FieldProblem> problems;

    /** @param problems at least one; the exception's own text names only their fields, never what was typed */
    RequestRejected(List<FieldProblem> problems) {
        super(422, "Проверьте заявку", problems.get(0).message(),
                "service request rejected: " + problems.stream().map(FieldProblem::field).collect(Collectors.joining(", ")));
        this.problems = List.copyOf(problems);
    }

    static RequestRejected of(String field, String message) {
        return new RequestRejected(List.of(new FieldProblem(field, message)));
    }

    /** @return with {@code errors} of {@code {field, message}}, as the lead's door tells them */
    @Override
    public ObjectNode problem() {
        ObjectNode problem = super.problem();
        ArrayNode errors = problem.putArray("errors");
        problems.forEach(field -> errors.addObject().put("field", field.field()).put("message", field.message()));
        return problem;
    }
}
