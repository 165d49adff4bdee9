package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.SandboxApi;
import dev.amorelay.sandbox.crm.AccountConduct;
import dev.amorelay.sandbox.crm.CrmAccount;
import dev.amorelay.sandbox.crm.CrmAccounts;
import dev.amorelay.sandbox.crm.CrmProblem;
import dev.amorelay.sandbox.limits.TooManyForm;
import dev.amorelay.sandbox.limits.Window;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The hidden side of an account: its counters, limits, tokens, name and bulk data. {@code ?account=b} names another one. */
@SandboxApi
@RequestMapping("/sandbox/api")
public class AccountsApi {

    private final CrmAccounts accounts;

    /** Works on {@code accounts}. */
    public AccountsApi(CrmAccounts accounts) {
        this.accounts = accounts;
    }

    /** @return API calls by kind, refused ones included */
    @GetMapping("/calls")
    public Map<String, Long> calls(@RequestParam(name = "account", required = false) String account) {
        return accounts.named(account).conduct().calls().byKind();
    }

    /** Counts calls from nothing again; windows and limits stay as they are. */
    @PostMapping(path = "/calls/reset", consumes = MediaType.APPLICATION_JSON_VALUE)
    public Map<String, Long> resetCalls(@RequestParam(name = "account", required = false) String account) {
        accounts.named(account).conduct().calls().reset();
        return calls(account);
    }

    /** @return counters and settings, as {@link ConductView} tells them */
    @GetMapping("/limits")
    public JsonNode limits(@RequestParam(name = "account", required = false) String account) {
        return ConductView.of(accounts.named(account));
    }

    /** Changes what is named of {@code {rate_limits, block_for_ms, blocked_for_ms, answer_429, latency_ms, jitter_ms}}. */
    @PostMapping(path = "/limits", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode setLimits(@RequestBody JsonNode wish, @RequestParam(name = "account", required = false) String account) {
        AccountConduct conduct = accounts.named(account).conduct();
        try {
            if (wish.has("rate_limits")) {
                conduct.limits().set(Window.parse(wish.get("rate_limits").asText()));
            }
            if (wish.has("answer_429")) {
                conduct.setTooManyForm(TooManyForm.valueOf(wish.get("answer_429").asText().toUpperCase(Locale.ROOT)));
            }
        } catch (IllegalArgumentException e) {
            throw CrmProblem.badRequest(e.getMessage());
        }
        length(wish.path("block_for_ms"), conduct.limits()::setBlockFor);
        length(wish.path("blocked_for_ms"), conduct.limits()::block);
        length(wish.path("latency_ms"), conduct.latency()::setFixed);
        length(wish.path("jitter_ms"), conduct.latency()::setJitter);
        return limits(account);
    }

    /** @return ids of dismissed users and of deleted pipelines, stages and fields of leads */
    @GetMapping("/gone")
    public JsonNode gone(@RequestParam(name = "account", required = false) String account) {
        return Json.MAPPER.valueToTree(accounts.named(account).catalogue().gone());
    }

    /** Dismisses users and deletes pipelines, stages and fields: an array of ids. What was gone before comes back. */
    @PostMapping(path = "/gone", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode setGone(@RequestBody Set<Long> ids, @RequestParam(name = "account", required = false) String account) {
        accounts.named(account).catalogue().setGone(ids);
        return gone(account);
    }

    private static void length(JsonNode wish, Consumer<Duration> setting) {
        if (wish.isIntegralNumber()) {
            setting.accept(Duration.ofMillis(wish.asLong()));
        }
    }

    /** Forgets all counts, empties the windows, ends a block. Settings stay. */
    @DeleteMapping("/limits")
    public JsonNode reset(@RequestParam(name = "account", required = false) String account) {
        CrmAccount one = accounts.named(account);
        one.conduct().limits().reset();
        one.conduct().calls().reset();
        one.tokens().resetRefreshes();
        return limits(account);
    }

    /** Renames the subdomain, or with {@code {"renamed":false}} gives back the first name; answers {@code {home, subdomain}}. */
    @PostMapping(path = "/rename", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode rename(@RequestBody JsonNode wish, @RequestParam(name = "account", required = false) String account) {
        CrmAccount one = accounts.named(account);
        one.rename(wish.path("renamed").asBoolean(true));
        return Json.object().put("home", one.home()).put("subdomain", one.subdomain());
    }

    /** Writes {@code {leads, contacts, won}} in bulk; answers the ranges of ids. */
    @PostMapping(path = "/seed", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode seed(@RequestBody JsonNode wish, @RequestParam(name = "account", required = false) String account) {
        return accounts.named(account).seeding()
                .write(wish.path("leads").asInt(), wish.path("contacts").asInt(), wish.path("won").asInt());
    }

    /** @return {@code {"code"}}: what the consent page would send to {@code {"redirect_uri"}} */
    @PostMapping(path = "/oauth/code", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode code(@RequestBody JsonNode wish, @RequestParam(name = "account", required = false) String account) {
        return Json.object().put("code", accounts.named(account).tokens().newCode(wish.path("redirect_uri").asText()));
    }

    /** Lets all access tokens expire now. */
    @PostMapping(path = "/oauth/expire", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode expire(@RequestParam(name = "account", required = false) String account) {
        accounts.named(account).tokens().expireAccess();
        return Json.object().put("ok", true);
    }
}
