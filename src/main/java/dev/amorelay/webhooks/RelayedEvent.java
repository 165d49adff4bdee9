package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads an event that an existing n8n flow passes on: {@code {event_type, entity_type, amocrm_entity_id, payload,
 * details}}, where {@code payload} is the entity's own fields, the whole hook body, n8n's item around it, or null, and {@code details} is
 * what the API answered about the entity.
 *
 * <p>The event is the one that amoCRM's own delivery gives, with the same hash, so that whichever comes second is the
 * repeat. {@code details} is kept in the payload under that name, as it came; it counts for the hash only where no
 * fields of the entity came.
 */
@Component
public class RelayedEvent {

    private static final Logger LOG = LoggerFactory.getLogger(RelayedEvent.class);
    private static final String CONTENT_TYPE = "application/json";
    private static final String DETAILS = "details";

    /** What amoCRM's number says a note hangs under (facts §6.3). */
    private static final Map<String, String> ELEMENTS =
            Map.of("1", EntityName.CONTACT, "2", EntityName.LEAD, "3", EntityName.COMPANY);

    /**
     * The event.
     *
     * @param json the request's bytes, or null
     * @return the event; one of the type {@code unparsed} where it is not told what happened to which entity
     */
    public HookEvent read(byte @Nullable [] json) {
        try {
            return understand(json == null ? new byte[0] : json);
        } catch (RuntimeException e) {
            // a fault of ours must not cost an event; the message may quote the body, so only the kind is told
            LOG.error("A relayed event could not be read ({}), it is kept as unparsed", e.getClass().getName());
            return HookEvent.unparsed(json, CONTENT_TYPE, null);
        }
    }

    /** {@link #read} without its net, so that tests see what falls. */
    HookEvent understand(byte[] json) {
        JsonNode request = HookReader.json(json);
        Told told = request != null && request.isObject() ? Told.of(request) : null;
        ObjectNode fields = told == null ? null : payload(request.path("payload"));
        if (fields == null) {
            return HookEvent.unparsed(json, CONTENT_TYPE, null);
        }
        JsonNode details = request.path(DETAILS);
        Long account = account(fields, details);
        HookEvent event = told.among(new HookTree(fields).events());
        if (event == null) {
            event = event(told, fields, details, account);
        }
        return event == null ? HookEvent.unparsed(json, CONTENT_TYPE, account) : complete(event, details, account);
    }

    /** The payload as the fields of a form; null when it is beyond a form's limits. */
    private static ObjectNode payload(JsonNode payload) {
        JsonNode node = payload;
        if (node.isTextual()) {
            // some flows pass on JSON inside a text
            JsonNode inner = HookReader.json(node.asText().getBytes(StandardCharsets.UTF_8));
            node = inner != null && inner.isContainerNode() ? inner : node;
        }
        if (node.isArray() && node.size() == 1 && node.get(0).isObject()) {
            node = node.get(0);
        }
        node = N8nItem.hook(node).orElse(node);
        if (node.isTextual()) {
            Optional<ObjectNode> form = FormTree.of(node.asText().getBytes(StandardCharsets.UTF_8));
            if (form.isPresent() && form.get().valueStream().anyMatch(JsonNode::isContainerNode)) {
                return form.get();
            }
        }
        if (!node.isObject()) {
            ObjectNode wrapped = Json.object();
            node = node.isMissingNode() || node.isNull() ? wrapped : wrapped.set("payload", node);
        }
        return FormTree.of(node).orElse(null);
    }

    private static Long account(ObjectNode fields, JsonNode details) {
        Long account = EntityEvent.number(fields.path("account").get("id"));
        account = account == null ? EntityEvent.number(fields.get("account_id")) : account;
        return account == null ? EntityEvent.number(details.get("account_id")) : account;
    }

    /** The event of an entity's own fields, or of none; null when there is nothing to go by. */
    private static HookEvent event(Told told, ObjectNode fields, JsonNode details, Long account) {
        ObjectNode own = fields;
        if (own.path("account").isContainerNode()) {
            own.remove("account");
        }
        if (own.isEmpty() && details.isContainerNode()) {
            // without them every change of this entity would be the same event
            ObjectNode answer = Json.object().set(DETAILS, details);
            own = FormTree.of(answer).orElseGet(() -> Json.object().put(DETAILS, Json.storable(details.toString())));
        }
        boolean note = told.entity().equals(EntityName.NOTE) && told.action().equals("add");
        String root = note ? noteParent(told, own) : told.root();
        return told.id() == null && own.isEmpty() ? null
                : EntityEvent.of(root, note ? "note" : told.action(), own, account, told.id());
    }

    private static String noteParent(Told told, ObjectNode own) {
        JsonNode note = own.path("note").isObject() ? own.get("note") : own;
        String element = EntityEvent.text(note.get("element_type"));
        return told.parent().equals(EntityName.NOTE) && element != null
                ? ELEMENTS.getOrDefault(element, EntityName.NOTE)
                : told.parent();
    }

    private static HookEvent complete(HookEvent event, JsonNode details, Long account) {
        JsonNode payload = event.payload();
        if (!details.isMissingNode() && !details.isNull()) {
            payload = payload.<ObjectNode>deepCopy().set(DETAILS, StoredJson.bounded(details));
        }
        return new HookEvent(event.eventType(), event.entityType(), event.action(), event.entityId(),
                event.accountId() == null ? account : event.accountId(), payload, event.hash());
    }

    /**
     * What the flow says happened.
     *
     * @param root the kind as the flow names it
     * @param action amoCRM's word
     * @param parent what a note hangs under, {@code note} where that is not told
     * @param id the entity's id, or null
     */
    private record Told(String root, String action, String parent, @Nullable String id) {

        /** Reads {@code lead.status}, or {@code status} beside an entity type; null when either part is missing. */
        static Told of(JsonNode request) {
            String type = EntityEvent.text(request.get("event_type"));
            String entity = EntityEvent.text(request.get("entity_type"));
            int dot = type == null ? -1 : type.indexOf('.');
            String root = dot < 0 ? entity : type.substring(0, dot).strip();
            String action = type == null ? null : type.substring(dot + 1).strip();
            if (root == null || root.isEmpty() || action == null || action.isEmpty()) {
                return null;
            }
            String parent = EntityName.of(entity == null ? root : entity);
            return new Told(root, action, parent, EntityEvent.text(request.get("amocrm_entity_id")));
        }

        String entity() {
            return EntityName.of(root);
        }

        /** The event of a whole hook body that is meant; null when none or more than one could be. */
        HookEvent among(List<HookEvent> events) {
            boolean note = action.equals("note") || entity().equals(EntityName.NOTE);
            List<HookEvent> same = events.stream().filter(event -> note
                    ? event.entityType().equals(EntityName.NOTE)
                    : event.action().equals(action) && isEntity(event.entityType())).toList();
            for (HookEvent event : same) {
                if (id != null && id.equals(event.entityId())) {
                    return event;
                }
            }
            // the id that flows send with a note may be the note's or its parent's
            return same.size() == 1 && (id == null || note) ? same.get(0) : null;
        }

        private boolean isEntity(String type) {
            return type.equals(entity()) || type.equals(EntityName.COMPANY) && entity().equals(EntityName.CONTACT);
        }
    }
}
