package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What n8n's Webhook node hands on as it came: {@code {headers, params, query, body, webhookUrl, executionMode}}, the hook under
 * {@code body}. n8n reads a form into an object, whose keys keep their brackets; set to raw, it leaves the text. Between nodes an
 * item may stand under {@code json}.
 */
final class N8nItem {

    private static final List<String> BESIDE_THE_BODY = List.of("headers", "params", "query", "webhookUrl", "executionMode");

    private N8nItem() {
    }

    /**
     * The hook of an item.
     *
     * @param json any tree
     * @return what stands under {@code body}: an object, a list or a text; empty when this is no item of n8n's with a body
     */
    static Optional<JsonNode> hook(JsonNode json) {
        JsonNode item = json.path("json").isObject() ? json.get("json") : json;
        JsonNode body = item.path("body");
        // a node between may leave nothing but the body; a text alone may be a note's
        boolean whole = item.size() == 1 && body.isContainerNode() || BESIDE_THE_BODY.stream().anyMatch(item::has);
        return whole && (body.isContainerNode() || body.isTextual()) ? Optional.of(body) : Optional.empty();
    }
}
