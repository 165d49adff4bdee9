package dev.amorelay.doors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import io.micrometer.core.instrument.Metrics;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A refusal as RFC 9457 tells it: {@code application/problem+json}. */
public final class Problem {

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
    private static final int UNPROCESSABLE = 422;

    private Problem() {
    }

    /**
     * A problem.
     *
     * @param status HTTP status
     * @param title what is wrong, a Russian sentence that a form can show
     * @return {@code {type, title, status}}, with 422 also {@code instance}; further members can be added
     */
    public static ObjectNode of(int status, String title) {
        return status == UNPROCESSABLE ? refused("admin", title) : problem(status, title);
    }

    /**
     * A request that is not taken as it is: 422. It leaves a line in the log, whose id the answer carries, and is counted in
     * {@code relay_refused_requests_total{door}}.
     *
     * @param door where it came: {@code leads}, {@code service}, {@code form}, {@code admin}
     * @param title what is wrong, a Russian sentence that a form can show; nothing of what was sent
     * @return {@code {type, title, status, instance}}; further members can be added
     */
    public static ObjectNode refused(String door, String title) {
        String instance = "urn:uuid:" + UUID.randomUUID();
        Metrics.counter("relay.refused.requests", "door", door).increment();
        LOG.warn("{}: a request at the door '{}' is refused with 422: {}", instance, door, title);
        return problem(UNPROCESSABLE, title).put("instance", instance);
    }

    private static ObjectNode problem(int status, String title) {
        return Json.object().put("type", "about:blank").put("title", title).put("status", status);
    }
}
