package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.SandboxApi;
import dev.amorelay.sandbox.crm.CrmAccounts;
import dev.amorelay.sandbox.crm.CrmProblem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** The host that every access token names as {@code api_domain}: it knows an account's subdomain of now (facts §1.6). */
@SandboxApi
public class ApiDomain {

    private final CrmAccounts accounts;

    /** Looks for the token in {@code accounts}. */
    public ApiDomain(CrmAccounts accounts) {
        this.accounts = accounts;
    }

    /** @return {@code {id, subdomain, domain, top_level_domain}}; domain is host and base of the stand-in; 401 for an unknown token */
    @GetMapping("/sandbox/api-domain/oauth2/account/current/subdomain")
    public JsonNode subdomain(@RequestHeader(name = "X-Refresh-Token", defaultValue = "") String refreshToken,
                              @RequestHeader("Host") String host) {
        return accounts.all().stream().filter(account -> account.tokens().knows(refreshToken)).findFirst()
                .map(account -> Json.object().put("id", account.catalogue().accountId()).put("subdomain", account.subdomain())
                        .put("domain", host + account.home()).put("top_level_domain", "ru"))
                .orElseThrow(CrmProblem::unauthorized);
    }
}
