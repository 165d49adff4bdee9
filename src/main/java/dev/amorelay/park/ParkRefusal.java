package dev.amorelay.park;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.Problem;
import dev.amorelay.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request of the Mini App that is not served. The route configuration {@code park} answers it as a problem. */
public abstract class ParkRefusal extends RuntimeException {

    private final int status;
    private final String title;
    private final String detail;

    /**
     * @param status HTTP status
     * @param title what kind of refusal it is, a few Russian words
     * @param detail what to do, a Russian sentence that the page shows
     * @param message for the log, with nothing personal in it
     */
    protected ParkRefusal(int status, String title, String detail, String message) {
        super(message);
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    /** @return HTTP status */
    public int status() {
        return status;
    }

    /** @return what kind of refusal it is */
    public String title() {
        return title;
    }

    /** @return what the page shows */
    public String detail() {
        return detail;
    }

    /** @return the refusal as {@code application/problem+json} tells it */
    public ObjectNode problem() {
        return (status == 422 ? Problem.refused("service", title) : Problem.of(status, title)).put("detail", detail);
    }

    /** @return the same as text */
    public String answer() {
        return Json.write(problem());
    }

    /** @return whole seconds to wait, as Retry-After tells them; null where waiting changes nothing */
    public @Nullable Long retrySeconds() {
        Duration wait = retryAfter();
        return wait == null ? null : wait.plusMillis(999).toSeconds();
    }

    /** @return how long the caller has to wait; null where waiting changes nothing */
    public @Nullable Duration retryAfter() {
        return null;
    }
}
