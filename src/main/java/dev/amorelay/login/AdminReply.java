package dev.amorelay.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.doors.Problem;
import dev.amorelay.json.Json;

/**
 * An answer to whoever is logged in.
 *
 * @param status HTTP status
 * @param type media type
 * @param json body
 */
public record AdminReply(int status, String type, String json) {

    static AdminReply ok(JsonNode body) {
        return new AdminReply(200, "application/json", Json.write(body));
    }

    static AdminReply problem(int status, String title) {
        return new AdminReply(status, "application/problem+json", Json.write(Problem.of(status, title)));
    }
}
