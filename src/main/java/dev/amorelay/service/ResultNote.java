package dev.amorelay.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** What an engineer has done, as the deal's manager reads it. */
@Component("resultNote")
public class ResultNote {

    private final RequestBook book;

    /**
     * @param book the stored requests
     */
    public ResultNote(RequestBook book) {
        this.book = book;
    }

    /**
     * The note.
     *
     * @param effect {@code crm.service-result} with {@code {lead}}, its subject the request's uuid
     * @return {@code {entity_id, text}}
     */
    public JsonNode of(@Variable("effect") Effect effect) {
        ServiceRequest request = book.request(effect.subject());
        return Json.object().put("entity_id", ((Number) effect.payload().get("lead")).longValue())
                .put("text", "✅ ЗАЯВКА №" + request.number() + " ВЫПОЛНЕНА:" + request.resultLine() + request.maintenanceLine());
    }
}
