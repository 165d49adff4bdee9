package dev.amorelay.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.doors.Problem;
import dev.amorelay.json.Json;

/**
 * An answer to the admin.
 *
 * @param status HTTP status
 * @param type media type
 * @param text the body
 */
public record AdminAnswer(int status, String type, String text) {

    static AdminAnswer ok(JsonNode body) {
        return new AdminAnswer(200, "application/json", Json.write(body));
    }

    /** A refusal; the title is a Russian sentence that says what is wrong. */
    static AdminAnswer problem(int status, String title) {
        return problem(status, Problem.of(status, title));
    }

    static AdminAnswer problem(int status, JsonNode problem) {
        return new AdminAnswer(status, "application/problem+json", Json.write(problem));
    }
}
