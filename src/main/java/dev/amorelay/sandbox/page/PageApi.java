package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.ProductionIds;
import dev.amorelay.sandbox.SandboxApi;
import dev.amorelay.sandbox.crm.CallCounts;
import dev.amorelay.sandbox.crm.Entities;
import dev.amorelay.sandbox.crm.EntityType;
import dev.amorelay.sandbox.crm.Tokens;
import dev.amorelay.sandbox.mail.Mailbox;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * What the page reads and what its buttons do: the manager's hands in amoCRM. Every action takes JSON, so that no
 * foreign page can send it as a plain form.
 */
@SandboxApi
@RequestMapping("/sandbox/api")
public class PageApi {

    private static final int MAILS = 1000;

    private final PageState state;
    private final Entities entities;
    private final CallCounts calls;
    private final Mailbox mailbox;
    private final Tokens tokens;

    /** Reads {@code state}, changes leads through {@code entities}. */
    public PageApi(PageState state, Entities entities, CallCounts calls, Mailbox mailbox, Tokens tokens) {
        this.state = state;
        this.entities = entities;
        this.calls = calls;
        this.mailbox = mailbox;
        this.tokens = tokens;
    }

    /** @return everything the page shows */
    @GetMapping("/state")
    public JsonNode state() {
        return state.read();
    }

    /** @return the mails, newest first: {@code [{id, from, to, subject, text, date}]} */
    @GetMapping("/mails")
    public List<Mailbox.Mail> mails() {
        return mailbox.latest(MAILS);
    }

    /** @return API calls by kind */
    @GetMapping("/calls")
    public Map<String, Long> calls() {
        return calls.byKind();
    }

    /** Counts from nothing again. */
    @PostMapping(path = "/calls/reset", consumes = MediaType.APPLICATION_JSON_VALUE)
    public Map<String, Long> resetCalls() {
        calls.reset();
        return calls.byKind();
    }

    /** Wins a deal, after setting what of {@code {serial, model, telegram_id}} is given; 404 for an unknown one. */
    @PostMapping(path = "/leads/{id:\\d+}/win", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode win(@PathVariable("id") long id, @RequestBody JsonNode wish) {
        ObjectNode item = Json.object().put("status_id", ProductionIds.STATUS_WON);
        ArrayNode fields = item.putArray("custom_fields_values");
        field(fields, ProductionIds.FIELD_SERIAL, wish.path("serial"));
        field(fields, ProductionIds.FIELD_MODEL, wish.path("model"));
        field(fields, ProductionIds.FIELD_TELEGRAM_ID, wish.path("telegram_id"));
        return change(id, item);
    }

    /** Moves a lead to {@code {pipeline_id, status_id}}. */
    @PostMapping(path = "/leads/{id:\\d+}/move", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode move(@PathVariable("id") long id, @RequestBody JsonNode wish) {
        ObjectNode item = Json.object();
        for (String key : List.of("pipeline_id", "status_id")) {
            if (wish.hasNonNull(key)) {
                item.set(key, wish.get(key));
            }
        }
        return change(id, item);
    }

    /** Deletes a lead by hand. */
    @PostMapping(path = "/leads/{id:\\d+}/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode delete(@PathVariable("id") long id) {
        entities.delete(EntityType.LEADS, id);
        return Json.object().put("id", id).put("deleted", true);
    }

    /** @return {@code {"code"}}: what the consent page would send to {@code {"redirect_uri"}} */
    @PostMapping(path = "/oauth/code", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode code(@RequestBody JsonNode wish) {
        return Json.object().put("code", tokens.newCode(wish.path("redirect_uri").asText()));
    }

    /** Lets all access tokens expire now. */
    @PostMapping(path = "/oauth/expire", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode expire() {
        tokens.expireAccess();
        return Json.object().put("ok", true);
    }

    private JsonNode change(long id, ObjectNode item) {
        ObjectNode lead = entities.updateOne(EntityType.LEADS, id, item);
        return Json.object().put("id", id).put("status_id", lead.get("status_id").asLong())
                .put("pipeline_id", lead.get("pipeline_id").asLong());
    }

    private static void field(ArrayNode fields, long id, JsonNode value) {
        if (!value.asText("").isBlank()) {
            fields.addObject().put("field_id", id).putArray("values").addObject().put("value", value.asText().strip());
        }
    }
}
