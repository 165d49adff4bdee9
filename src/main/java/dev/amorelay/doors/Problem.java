package dev.amorelay.doors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;

/** A refusal as RFC 9457 tells it: {@code application/problem+json}. */
public final class Problem {

    private Problem() {
    }

    /**
     * A problem.
     *
     * @param status HTTP status
     * @param title what is wrong, a Russian sentence that a form can show
     * @return {@code {type, title, status}}; further members can be added
     */
    public static ObjectNode of(int status, String title) {
        return Json.object().put("type", "about:blank").put("title", title).put("status", status);
    }
}
