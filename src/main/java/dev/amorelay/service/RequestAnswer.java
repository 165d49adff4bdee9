package dev.amorelay.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.clients.TelegramUser;
import dev.amorelay.json.Json;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Requests as the Mini App's API shows them. */
@Component("requestAnswer")
public class RequestAnswer {

    private final RequestBook book;

    /**
     * @param book the stored requests
     */
    public RequestAnswer(RequestBook book) {
        this.book = book;
    }

    /**
     * The requests that somebody may see.
     *
     * @param user the supplier's engineers and the admin see all, everybody else those of the own client
     * @return {@code {"requests": [...]}}, newest first, of the engineers' the open ones before; empty for who is linked to nobody
     */
    public String all(@Variable("user") TelegramUser user) {
        List<ServiceRequest> requests = user.staff() ? book.all() : user.client() == null ? List.of() : book.of(user.client());
        ArrayNode list = Json.array();
        requests.forEach(request -> list.add(shown(request, user)));
        return Json.write(Json.object().set("requests", list));
    }

    /**
     * One request.
     *
     * @param request stored
     * @param user who sees it
     * @return {@code {id, number, machine: {id, name, serial}, description, status, created_at, done_at, result, photos}}, for engineers
     *     and the admin {@code client} and {@code phone} as well
     */
    public String one(@Body ServiceRequest request, @Variable("user") TelegramUser user) {
        return Json.write(shown(request, user));
    }

    private static ObjectNode shown(ServiceRequest request, TelegramUser user) {
        ObjectNode shown = Json.object().put("id", request.id().toString()).put("number", request.number());
        shown.putObject("machine").put("id", request.machine().id().toString()).put("name", request.machine().name())
                .put("serial", request.machine().serial());
        shown.put("description", request.description()).put("status", request.status().code())
                .put("created_at", request.createdAt().toString())
                .put("done_at", request.doneAt() == null ? null : request.doneAt().toString())
                .put("result", request.result()).put("photos", request.photos().size());
        return user.staff() ? shown.put("client", request.clientName()).put("phone", request.phone()) : shown;
    }
}
