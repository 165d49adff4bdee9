package dev.amorelay.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.leads.FieldProblem;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON body whose fields are looked at one by one; each that is wrong is noted. */
record JsonObject(JsonNode fields, List<FieldProblem> problems) {

    /** @throws RequestRejected where the body is no JSON object */
    static JsonObject of(byte[] body, List<FieldProblem> problems) {
        try {
            JsonNode tree = body == null || body.length == 0 ? Json.object() : Json.MAPPER.readTree(body);
            if (tree != null && tree.isObject()) {
                return new JsonObject(tree, problems);
            }
        } catch (IOException e) {
            // the same as no object
        }
        throw RequestRejected.of("body", "Запрос не распознан: отправьте JSON");
    }

    /** @return a field's text as PostgreSQL can store it; null where it is absent, empty, no text or too long */
    @Nullable String text(String name, int longest, String tooLong) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull() || value.isTextual() && value.asText().isBlank()) {
            return null;
        }
        if (!value.isTextual() || value.asText().strip().length() > longest) {
            problems.add(new FieldProblem(name, tooLong));
            return null;
        }
        return Json.storable(value.asText().strip());
    }

    boolean isWrong(String name) {
        return problems.stream().anyMatch(problem -> problem.field().equals(name));
    }

    void wrong(String name, String message) {
        if (!isWrong(name)) {
            problems.add(new FieldProblem(name, message));
        }
    }

    void check() {
        if (!problems.isEmpty()) {
            throw new RequestRejected(problems);
        }
    }
}
