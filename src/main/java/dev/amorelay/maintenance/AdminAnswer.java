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

    /**
     * What was asked for is done.
     *
     * @param body the JSON that is told
     * @return 200
     */
    public static AdminAnswer ok(JsonNode body) {
        return new AdminAnswer(200, "application/json", Json.write(body));
    }

    /**
     * A refusal.
     *
     * @param status HTTP status from 400
     * @param title a Russian sentence that says what is wrong
     * @return {@code application/problem+json}
     */
    public static AdminAnswer problem(int status, String title) {
        return problem(status, Problem.of(status, title));
    }

    static AdminAnswer problem(int status, JsonNode problem) {
        return new AdminAnswer(status, "application/problem+json", Json.write(problem));
    }
}
