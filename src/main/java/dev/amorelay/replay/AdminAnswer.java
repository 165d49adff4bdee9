package dev.amorelay.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.doors.Problem;
import dev.amorelay.json.Json;

/**
 * An answer to the admin.
 *
 * @param status HTTP status
 * @param type media type
 * @param json body
 */
public record AdminAnswer(int status, String type, String json) {

    static AdminAnswer ok(JsonNode body) {
        return new AdminAnswer(200, "application/json", Json.write(body));
    }

    static AdminAnswer problem(int status, String title) {
        return new AdminAnswer(status, "application/problem+json", Json.write(Problem.of(status, title)));
    }
}
