package dev.amorelay.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;

/**
 * An answer to the admin.
 *
 * @param status HTTP status
 * @param json body
 */
public record Answer(int status, String json) {

    static Answer of(int status, JsonNode body) {
        return new Answer(status, Json.write(body));
    }

    /** A refusal with what is wrong and what helps, Russian sentences. */
    static Answer error(int status, String cause, String remedy) {
        return of(status, Json.object().put("status", "error").put("cause", cause).put("remedy", remedy));
    }
}
