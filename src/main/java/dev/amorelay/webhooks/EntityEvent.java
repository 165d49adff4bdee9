package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Makes the event of one entity's own fields: the same from a hook and from a flow that passes the hook on. */
final class EntityEvent {

    /** Longer ids are none: the column is indexed, and amoCRM's longest (uid of an incoming lead) has 60 characters. */
    private static final int MAX_ID = 255;

    private EntityEvent() {
    }

    /**
     * The event.
     *
     * @param root amoCRM's name of the kind, the root key of a hook
     * @param action amoCRM's word
     * @param item the entity's own fields, or {@code {note: {own fields}, type: …}} for the action note; texts only
     * @param account the account the hook names, or null: then the entity's own {@code account_id} counts
     * @param givenId the id as the sender names it beside the fields, or null: then it is the one in the fields
     */
    static HookEvent of(String root, String action, ObjectNode item, @Nullable Long account, @Nullable String givenId) {
        String entity = EntityName.of(root);
        if (entity.equals(EntityName.CONTACT) && EntityName.COMPANY.equals(text(item.get("type")))) {
            // companies arrive under contacts; only their type tells
            entity = EntityName.COMPANY;
        }
        boolean note = action.equals("note");
        ObjectNode own = note && item.get("note") instanceof ObjectNode inner ? inner : item;
        String type = note ? EntityName.NOTE : entity;
        String word = note ? "add" : EntityName.word(action);
        String id = givenId == null ? id(type, own) : givenId;
        Long accountId = account == null ? number(own.get("account_id")) : account;
        String hash = EventHash.of(accountId, type, word, id, own);
        ObjectNode payload = own;
        if (note) {
            payload = own.deepCopy().put("entity", entity);
        } else if (root.equals("outgoing_message")) {
            payload = own.deepCopy().put("type", "outgoing");
        }
        return new HookEvent(type + "." + word, type, word, id, accountId, payload, hash);
    }

    /** @return the id in the fields of an entity of this type, or null */
    static @Nullable String id(String entity, ObjectNode own) {
        String special = switch (entity) {
            case EntityName.CONVERSATION -> text(own.get("talk_id"));
            case EntityName.UNSORTED -> text(own.get("uid"));
            default -> null;
        };
        return special == null ? text(own.get("id")) : special;
    }

    /** @return a short text, or null where there is none; of a key that is also a parent, the text */
    static @Nullable String text(JsonNode node) {
        JsonNode value = node != null && node.isObject() ? node.get("") : node;
        if (value == null || !value.isValueNode() || value.isNull()) {
            return null;
        }
        String text = value.asText().strip();
        return text.isEmpty() || text.length() > MAX_ID ? null : text;
    }

    /** @return an account's number, or null where there is none */
    static @Nullable Long number(JsonNode node) {
        String text = text(node);
        if (text == null || text.length() > 18) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        long number = Long.parseLong(text);
        return number == 0 ? null : number;
    }
}
