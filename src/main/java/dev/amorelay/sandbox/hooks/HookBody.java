package dev.amorelay.sandbox.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.List;

/** The body of a webhook: the account first, then {@code root[action][i]}, as captured in 2023–2025 (facts §6.2). */
public final class HookBody {

    private final ObjectNode account;

    /**
     * Bodies of one account.
     *
     * @param subdomain its subdomain
     * @param accountId its number
     */
    public HookBody(String subdomain, long accountId) {
        account = Json.object().put("subdomain", subdomain).put("id", accountId);
        account.putObject("_links").put("self", "https://" + subdomain + ".amocrm.ru");
    }

    /**
     * A form-encoded body.
     *
     * @param root {@code leads}, {@code contacts} or {@code task}
     * @param action amoCRM's word: add, update, status, …
     * @param entities made by {@link HookFields}, one an index
     */
    public String of(String root, String action, List<ObjectNode> entities) {
        ObjectNode tree = Json.object();
        tree.set("account", account);
        ArrayNode list = tree.putObject(root).putArray(action);
        entities.forEach(list::add);
        return FormEncoder.encode((JsonNode) tree);
    }
}
