package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Something that happens in a test. */
sealed interface Step {

    /** Where it stands. */
    Place place();

    /**
     * A request to a door.
     *
     * @param place where it stands
     * @param method of HTTP
     * @param path with query
     * @param headers its own ones
     * @param type content type of the body; null for no body
     * @param body what is sent
     * @param as who sends it: {@code admin} with the password, a number for that user of the Mini App; null for nobody
     * @param status that is expected; 0 = any that starts with 2
     * @param answer what the answer must have; missing for anything
     * @param said whether the test says anything about the answer
     * @param keep what of the answer later steps use, by the name that they use: a pattern with a group
     */
    record Request(Place place, String method, String path, Map<String, String> headers, @Nullable String type, String body,
                   @Nullable String as,
                   int status, JsonNode answer, boolean said, Map<String, Pattern> keep) implements Step {

        static final String ADMIN = "admin";
    }

    /**
     * The time of a quartz or timer route has come.
     *
     * @param place where it stands
     * @param route its id
     */
    record Firing(Place place, String route) implements Step {
    }
}
