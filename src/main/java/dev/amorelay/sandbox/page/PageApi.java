package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.ProductionIds;
import dev.amorelay.sandbox.SandboxApi;
import dev.amorelay.sandbox.crm.CrmAccounts;
import dev.amorelay.sandbox.crm.EntityType;
import dev.amorelay.sandbox.mail.Mailbox;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What the page reads and what its buttons do: the manager's hands in amoCRM. Every action takes JSON, so that no
 * foreign page can send it as a plain form.
 */
@SandboxApi
@RequestMapping("/sandbox/api")
public class PageApi {

    private static final int MAILS = 1000;

    private final PageState state;
    private final CrmAccounts accounts;
    private final Mailbox mailbox;

    /** Reads {@code state}, changes leads of {@code accounts}. */
    public PageApi(PageState state, CrmAccounts accounts, Mailbox mailbox) {
        this.state = state;
        this.accounts = accounts;
        this.mailbox = mailbox;
    }

    /** @return everything the page shows */
    @GetMapping("/state")
    public JsonNode state(@RequestParam(name = "account", required = false) String account) {
        return state.read(accounts.named(account));
    }

    /** @return the mails, newest first: {@code [{id, from, to, subject, text, date}]} */
    @GetMapping("/mails")
    public List<Mailbox.Mail> mails() {
        return mailbox.latest(MAILS);
    }

    /** Wins a deal, after setting what of {@code {serial, model, telegram_id}} is given; 404 for an unknown one. */
    @PostMapping(path = "/leads/{id:\\d+}/win", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode win(@PathVariable("id") long id, @RequestBody JsonNode wish,
                        @RequestParam(name = "account", required = false) String account) {
        ObjectNode item = Json.object().put("status_id", ProductionIds.STATUS_WON);
        ArrayNode fields = item.putArray("custom_fields_values");
        field(fields, ProductionIds.FIELD_SERIAL, wish.path("serial"));
        field(fields, ProductionIds.FIELD_MODEL, wish.path("model"));
        field(fields, ProductionIds.FIELD_TELEGRAM_ID, wish.path("telegram_id"));
        return change(account, id, item);
    }

    /** Moves a lead to {@code {pipeline_id, status_id}}. */
    @PostMapping(path = "/leads/{id:\\d+}/move", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode move(@PathVariable("id") long id, @RequestBody JsonNode wish,
                         @RequestParam(name = "account", required = false) String account) {
        ObjectNode item = Json.object();
        for (String key : List.of("pipeline_id", "status_id")) {
            if (wish.hasNonNull(key)) {
                item.set(key, wish.get(key));
            }
        }
        return change(account, id, item);
    }

    /** Deletes a lead by hand. */
    @PostMapping(path = "/leads/{id:\\d+}/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode delete(@PathVariable("id") long id, @RequestParam(name = "account", required = false) String account) {
        accounts.named(account).entities().delete(EntityType.LEADS, id);
        return Json.object().put("id", id).put("deleted", true);
    }

    private JsonNode change(String account, long id, ObjectNode item) {
        ObjectNode lead = accounts.named(account).entities().updateOne(EntityType.LEADS, id, item);
        return Json.object().put("id", id).put("status_id", lead.get("status_id").asLong())
                .put("pipeline_id", lead.get("pipeline_id").asLong());
    }

    private static void field(ArrayNode fields, long id, JsonNode value) {
        if (!value.asText("").isBlank()) {
            fields.addObject().put("field_id", id).putArray("values").addObject().put("value", value.asText().strip());
        }
    }
}
