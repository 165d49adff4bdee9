package dev.amorelay.doors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;

/**
 * An answer to an admin, as {@code direct:admin.answer} sends it.
 *
 * @param status HTTP status
 * @param type media type
 * @param text the body
 */
public record AdminAnswer(int status, String type, String text) {

    private static final String JSON = "application/json";

    /**
     * What was asked for is done.
     *
     * @param body the JSON that is told
     * @return 200
     */
    public static AdminAnswer ok(JsonNode body) {
        return of(200, body);
    }

    /**
     * Anything told as JSON.
     *
     * @param status HTTP status
     * @param body the JSON that is told
     * @return the answer
     */
    public static AdminAnswer of(int status, JsonNode body) {
        return new AdminAnswer(status, JSON, Json.write(body));
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

    /**
     * A refusal that says more.
     *
     * @param status HTTP status from 400
     * @param problem as {@link Problem} makes them
     * @return {@code application/problem+json}
     */
    public static AdminAnswer problem(int status, JsonNode problem) {
        return new AdminAnswer(status, "application/problem+json", Json.write(problem));
    }

    /**
     * A refusal in the words of those who set the relay up.
     *
     * @param status HTTP status from 400
     * @param cause what is wrong, in Russian
     * @param remedy what helps, in Russian
     * @return {@code {"status":"error", "cause", "remedy"}}
     */
    public static AdminAnswer error(int status, String cause, String remedy) {
        return of(status, Json.object().put("status", "error").put("cause", cause).put("remedy", remedy));
    }
}
