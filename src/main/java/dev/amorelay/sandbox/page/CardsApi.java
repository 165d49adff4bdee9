package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.SandboxApi;
import dev.amorelay.sandbox.crm.CrmAccounts;
import dev.amorelay.sandbox.crm.CrmProblem;
import dev.amorelay.sandbox.crm.EntityType;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a manager does with cards beside selling, and an administrator with webhooks. */
@SandboxApi
@RequestMapping(path = "/sandbox/api", consumes = MediaType.APPLICATION_JSON_VALUE)
public class CardsApi {

    private final CrmAccounts accounts;

    /** Changes cards of {@code accounts}. */
    public CardsApi(CrmAccounts accounts) {
        this.accounts = accounts;
    }

    /** Takes a deleted lead or contact back. */
    @PostMapping("/{entity:leads|contacts}/{id:\\d+}/restore")
    public JsonNode restore(@PathVariable("entity") String entity, @PathVariable("id") long id,
                            @RequestParam(name = "account", required = false) String account) {
        accounts.named(account).entities().restore(EntityType.of(entity).orElseThrow(CrmProblem::notFound), id);
        return Json.object().put("id", id).put("deleted", false);
    }

    /** Deletes a contact. */
    @PostMapping("/contacts/{id:\\d+}/delete")
    public JsonNode delete(@PathVariable("id") long id, @RequestParam(name = "account", required = false) String account) {
        accounts.named(account).entities().delete(EntityType.CONTACTS, id);
        return Json.object().put("id", id).put("deleted", true);
    }

    /** Merges a contact into the contact {@code {"into"}}: phones and leads move, the first is deleted. */
    @PostMapping("/contacts/{id:\\d+}/merge")
    public JsonNode merge(@PathVariable("id") long id, @RequestBody JsonNode wish,
                          @RequestParam(name = "account", required = false) String account) {
        long into = wish.path("into").asLong();
        accounts.named(account).entities().merge(id, into);
        return Json.object().put("id", into).put("merged", id);
    }

    /** Switches webhooks off, as amoCRM does after many bad answers: those of {@code {"destination"}}, or all. */
    @PostMapping("/hooks/disable")
    public JsonNode disable(@RequestBody JsonNode wish, @RequestParam(name = "account", required = false) String account) {
        return Json.object().put("disabled", accounts.named(account).subscriptions().disable(wish.path("destination").textValue()));
    }
}
