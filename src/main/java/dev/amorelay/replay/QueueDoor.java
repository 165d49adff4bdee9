package dev.amorelay.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** The admin's doors to waiting work. */
@Component("queueDoor")
public class QueueDoor {

    private static final Pattern KIND = Pattern.compile("/api/admin/kinds/([a-z0-9.-]{1,60})/(pause|resume)/?");
    private static final Pattern LIMIT = Pattern.compile("(?:^|&)limit=([1-9]\\d{0,3})(?:&|$)");
    private static final int USUAL_LIMIT = 100;

    private final Replay replay;
    private final Queue queue;
    private final PausedKinds paused;

    QueueDoor(Replay replay, Queue queue, PausedKinds paused) {
        this.replay = replay;
        this.queue = queue;
        this.paused = paused;
    }

    /**
     * Replays effects or events, or tells what a replay would do.
     *
     * @param body a {@link ReplayWish} as JSON
     * @param contentType must be JSON: a foreign page cannot make a browser send that
     * @return the counts by fate, see {@link Replay#on}; 400 or 415 where the wish is not understood
     */
    public AdminAnswer replay(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return AdminAnswer.problem(415, "тело должно быть JSON: задайте Content-Type: application/json");
        }
        try {
            return AdminAnswer.ok(replay.on(ReplayWish.of(parsed(body))));
        } catch (BadWish bad) {
            return AdminAnswer.problem(400, bad.getMessage());
        }
    }

    /** @return what waits and what is dead by kind, account and state, and what is paused */
    public AdminAnswer state() {
        ObjectNode answer = Json.object();
        ArrayNode lines = answer.putArray("queue");
        for (Queue.Line line : queue.lines()) {
            lines.addObject().put("kind", line.kind()).put("account", line.account()).put("state", line.state())
                    .put("count", line.count()).put("oldestSeconds", line.oldestSeconds());
        }
        ArrayNode pauses = answer.putArray("paused");
        paused.all().forEach((kind, since) -> pauses.addObject().put("kind", kind).put("since", since.toString()));
        return AdminAnswer.ok(answer);
    }

    /**
     * What is set aside, with the reason.
     *
     * @param query of the request: {@code limit=100}, at most 9999
     * @return {@code {"dead": [...], "refusedBeforeUpgrade": 3}}, see {@link Queue#dead} and {@link Queue#refusedBeforeUpgrade}
     */
    public AdminAnswer dead(@Body String query) {
        Matcher limit = LIMIT.matcher(query == null ? "" : query);
        ObjectNode answer = Json.object();
        answer.set("dead", queue.dead(limit.find() ? Integer.parseInt(limit.group(1)) : USUAL_LIMIT));
        return AdminAnswer.ok(answer.put("refusedBeforeUpgrade", queue.refusedBeforeUpgrade()));
    }

    /**
     * Pauses or resumes a kind.
     *
     * @param path {@code /api/admin/kinds/<kind>/pause} or {@code …/resume}; the kind {@code inbox} means all webhook events
     * @return {@code {"kind", "paused", "changed"}}; 404 for a kind that no route serves
     */
    public AdminAnswer pause(@Header(Exchange.HTTP_PATH) String path) {
        Matcher told = KIND.matcher(path);
        List<String> known = List.copyOf(paused.known());
        if (!told.matches()) {
            return AdminAnswer.problem(404, "адрес: /api/admin/kinds/<вид>/pause или /resume");
        }
        String kind = told.group(1);
        boolean pause = told.group(2).equals("pause");
        // a kind that is gone can still be taken off the list
        if (!known.contains(kind) && (pause || !paused.all().containsKey(kind))) {
            return AdminAnswer.problem(404, "нет такого вида; есть: " + String.join(", ", known));
        }
        boolean changed = paused.set(kind, pause, "the admin");
        return AdminAnswer.ok(Json.object().put("kind", kind).put("paused", pause).put("changed", changed));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return body == null ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
        } catch (IOException e) {
            throw new BadWish("тело не разобрано как JSON");
        }
    }
}
