package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks one hook body, {@code root → action → index → fields}, and makes an event of each entity it meets, up to {@link #MOST_EVENTS}
 * and each within {@link PayloadBound}: what is beyond is left to whoever keeps the body.
 */
final class HookTree {

    /** Where one of these stands, a bare text may stand for an entity: {@code leads[delete]=123} is its id. */
    private static final Set<String> ACTIONS =
            Set.of("add", "update", "delete", "status", "responsible", "restore", "note");

    /** Actions that some senders of messages put at the root: {@code add[0][text]=…} (facts §6.3). */
    private static final Set<String> BARE_ACTIONS = Set.of("add", "update", "delete");

    /** The most events of one body, each a row of its commit. amoCRM sends few; what a mass change told beyond them is reconciled. */
    static final int MOST_EVENTS = 500;

    private static final String ACCOUNT = "account";

    private final List<HookEvent> events = new ArrayList<>(2);
    private final Long accountId;
    private final String subdomain;
    private final int most;
    private boolean whole = true;

    /** @param body the tree of a body, texts only */
    HookTree(ObjectNode body) {
        this(body, MOST_EVENTS);
    }

    /**
     * @param body the tree of a body, texts only
     * @param most how many events there is room for
     */
    HookTree(ObjectNode body, int most) {
        this.most = most;
        JsonNode account = body.path(ACCOUNT);
        accountId = EntityEvent.number(account.get("id"));
        subdomain = EntityEvent.text(account.get("subdomain"));
        for (Map.Entry<String, JsonNode> root : body.properties()) {
            // a plain text at the root is what a query or a form left there, and no entity
            if (root.getValue().isContainerNode() && !root.getKey().equals(ACCOUNT)) {
                int before = events.size();
                root(root.getKey(), root.getValue());
                whole &= events.size() > before;
            }
        }
    }

    Long accountId() {
        return accountId;
    }

    String subdomain() {
        return subdomain;
    }

    List<HookEvent> events() {
        return events;
    }

    /** @return whether every root that could hold entities gave at least one event, and everything had room */
    boolean whole() {
        return whole;
    }

    private void root(String root, JsonNode actions) {
        if (BARE_ACTIONS.contains(root)) {
            entities(EntityName.MESSAGE, root, actions);
        } else if (actions.isObject() && !root.isEmpty()) {
            for (Map.Entry<String, JsonNode> action : actions.properties()) {
                if (!action.getKey().isEmpty()) {
                    entities(root, action.getKey(), action.getValue());
                }
            }
        }
    }

    /** Takes a list of entities, lists in lists (facts §6.3, task), one entity without an index, or a bare id. */
    private void entities(String root, String action, JsonNode node) {
        if (node.isArray()) {
            for (JsonNode item : node) {
                entities(root, action, item);
            }
        } else if (node instanceof ObjectNode object) {
            if (object.properties().stream().anyMatch(HookTree::isIndexed)) {
                mixed(root, action, object);
            } else if (!object.isEmpty()) {
                entity(root, action, object);
            }
        } else if (ACTIONS.contains(action) && EntityEvent.text(node) != null) {
            entity(root, action, Json.object().put("id", node.asText()));
        }
    }

    /** Entities with an index beside the fields of one without: {@code leads[add][0][id]=1&leads[add][id]=2}. */
    private void mixed(String root, String action, ObjectNode object) {
        ObjectNode rest = Json.object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (isIndexed(field)) {
                entities(root, action, field.getValue());
            } else {
                rest.set(field.getKey(), field.getValue());
            }
        }
        if (rest.size() == 1 && rest.has("")) {
            entities(root, action, rest.get(""));
        } else if (!rest.isEmpty()) {
            entity(root, action, rest);
        }
    }

    private void entity(String root, String action, ObjectNode item) {
        if (action.equals("note") && item.path("note").isArray()) {
            for (JsonNode note : item.get("note")) {
                ObjectNode one = Json.object().set("note", note);
                add(root, action, item.has("type") ? one.set("type", item.get("type")) : one);
            }
        } else {
            add(root, action, item);
        }
    }

    private void add(String root, String action, ObjectNode item) {
        if (events.size() >= most) {
            whole = false;
            return;
        }
        HookEvent event = EntityEvent.of(root, action, item, accountId, null);
        HookEvent kept = PayloadBound.of(event);
        whole &= kept == event;
        events.add(kept);
    }

    private static boolean isIndexed(Map.Entry<String, JsonNode> field) {
        return field.getValue().isContainerNode() && !field.getKey().isEmpty()
                && field.getKey().chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
