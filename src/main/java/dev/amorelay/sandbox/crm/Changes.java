package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.hooks.HookFields;
import dev.amorelay.sandbox.hooks.HookQueue;
import dev.amorelay.sandbox.hooks.HookQueue.Hook;
import dev.amorelay.sandbox.hooks.HookSender;
import dev.amorelay.sandbox.store.Criteria;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Every change of the sandbox's CRM happens here: in one commit with its line in the event log and its webhooks,
 * which are sent after the commit.
 */
public final class Changes {

    private final Documents documents;
    private final Events events;
    private final HookQueue queue;
    private final HookSender sender;
    private final Catalogue catalogue;

    /** Changes to {@code documents}, told to {@code events} and through {@code queue}. */
    public Changes(Documents documents, Events events, HookQueue queue, HookSender sender, Catalogue catalogue) {
        this.documents = documents;
        this.events = events;
        this.queue = queue;
        this.sender = sender;
        this.catalogue = catalogue;
    }

    /** Runs the work in one commit; what it tells the {@link Told} given to it goes out with the commit. */
    public <T> T commit(Function<Told, T> work) {
        T result = documents.inOneCommit(() -> {
            Told told = new Told();
            T done = work.apply(told);
            queue.add(told.hooks);
            return done;
        });
        sender.wake();
        return result;
    }

    /** Collects what one commit has to tell. */
    public final class Told {

        private final List<Hook> hooks = new ArrayList<>();

        /** A new lead, contact or company. */
        public void added(EntityType type, ObjectNode doc) {
            events.added(type.singular() + "_added", type.singular(), doc, doc.get("id").asLong());
            hook(type, "add", "add", doc, null);
        }

        /** A change; a lead that changed its stage gives {@code update} and {@code status} (facts §6.3). */
        public void updated(EntityType type, ObjectNode before, ObjectNode after, long now) {
            boolean moved = !before.path("status_id").equals(after.path("status_id"))
                    || !before.path("pipeline_id").equals(after.path("pipeline_id"));
            Long oldStatus = moved ? before.get("status_id").asLong() : null;
            events.fieldsChanged(type.singular(), before, after, now);
            hook(type, "update", "update", after, oldStatus);
            if (moved) {
                events.stageChanged(before, after, now);
                hook(type, "status", "status", after, oldStatus);
            }
            if (!before.path("responsible_user_id").equals(after.path("responsible_user_id"))) {
                // of contacts it comes as an update with the old user (facts §6.3)
                hook(type, "responsible", type == EntityType.LEADS ? "responsible" : "update", after, null)
                        .set("old_responsible_user_id", before.path("responsible_user_id"));
            }
        }

        /** A deletion, by hand only: the API has none. */
        public void deleted(EntityType type, ObjectNode doc, long now) {
            events.cameOrWent(type.singular() + "_deleted", type.singular(), doc, now);
            ObjectNode gone = type == EntityType.LEADS
                    ? Json.object().put("id", doc.get("id").asLong()).put("status_id", doc.get("status_id").asLong())
                            .put("pipeline_id", doc.get("pipeline_id").asLong())
                    : Json.object().put("id", doc.get("id").asLong()).put("type", type.singular());
            hooks.add(new Hook("delete_" + type.singular(), root(type), "delete", gone));
        }

        /** What was deleted is back, by hand only. */
        public void restored(EntityType type, ObjectNode doc, long now) {
            events.cameOrWent(type.singular() + "_restored", type.singular(), doc, now);
            hook(type, "restore", "restore", doc, null);
        }

        /** A new note. */
        public void noted(EntityType type, ObjectNode note) {
            events.added(note.get("note_type").asText() + "_note_added", type.singular(), note, note.get("entity_id").asLong());
            ObjectNode hook = HookFields.note(note, type.elementType(), catalogue.zone());
            if (type != EntityType.LEADS) {
                hook.put("type", type.singular());
            }
            hooks.add(new Hook("note_" + type.singular(), root(type), "note", hook));
        }

        /** A new or changed task; {@code before} is null for a new one. */
        public void task(ObjectNode before, ObjectNode task) {
            boolean closing = before != null && task.path("is_completed").asBoolean() && !before.path("is_completed").asBoolean();
            int elementType = EntityType.of(task.path("entity_type").asText()).map(EntityType::elementType).orElse(0);
            if (before == null) {
                events.added("task_added", "task", task, task.get("id").asLong());
            } else if (closing) {
                events.added("task_completed", "task", task, task.get("id").asLong());
            }
            String action = before == null ? "add" : "update";
            hooks.add(new Hook(action + "_task", "task", action,
                    HookFields.task(task, elementType, before != null, closing)));
        }

        private ObjectNode hook(EntityType type, String code, String action, ObjectNode doc, Long oldStatus) {
            ObjectNode entity = type == EntityType.LEADS ? HookFields.lead(doc, oldStatus)
                    : HookFields.person(doc, type.singular(), leadsOf(type, doc.get("id").asLong()));
            hooks.add(new Hook(code + "_" + type.singular(), root(type), action, entity));
            return entity;
        }
    }

    /** @return ids of the leads that carry the contact or company */
    public List<Long> leadsOf(EntityType type, long id) {
        ObjectNode piece = Json.object();
        piece.putArray(type.path()).addObject().put("id", id);
        return documents.search(Kind.LEAD, new Criteria().containing(piece), "id", 250, 0).stream()
                .map((JsonNode lead) -> lead.get("id").asLong()).toList();
    }

    private static String root(EntityType type) {
        return type == EntityType.LEADS ? "leads" : "contacts";
    }
}
