package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates and changes leads, contacts and companies by the rules of the API. */
public final class Entities {

    private final Documents documents;
    private final Changes changes;
    private final EntityRules rules;
    private final EmbeddedRules embedded;
    private final FieldValues fields;
    private final EntityChange change;

    /** Entities of the account that {@code catalogue} describes. */
    public Entities(Documents documents, Changes changes, Catalogue catalogue) {
        this.documents = documents;
        this.changes = changes;
        this.rules = new EntityRules(catalogue);
        this.embedded = new EmbeddedRules(documents);
        this.fields = new FieldValues(catalogue);
        this.change = new EntityChange(catalogue, fields);
    }

    /** Notes what is wrong with one item; {@code creating} also allows links. */
    void check(EntityType type, JsonNode item, boolean creating, Violations violations) {
        rules.check(type, item, violations);
        if (item.has("custom_fields_values")) {
            fields.check(type, item.get("custom_fields_values"), violations);
        }
        embedded.check(type, item, creating, violations);
    }

    /**
     * Creates all or none.
     *
     * @return the new documents in the order of the items
     * @throws CrmProblem 400 with {@code validation-errors}
     */
    public List<ObjectNode> create(EntityType type, List<JsonNode> items) {
        Items.validate(items, (item, violations) -> check(type, item, true, violations));
        return changes.commit(told -> insert(type, items, told));
    }

    /** Inserts checked items within the caller's commit. */
    List<ObjectNode> insert(EntityType type, List<JsonNode> items, Changes.Told told) {
        List<Long> ids = documents.newIds(items.size());
        List<ObjectNode> docs = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            ObjectNode doc = change.create(type, ids.get(i), items.get(i), now());
            doc.set("contacts", links(items.get(i).path("_embedded").path("contacts"), true));
            doc.set("companies", links(items.get(i).path("_embedded").path("companies"), false));
            docs.add(doc);
        }
        documents.insert(type.kind(), docs);
        docs.forEach(doc -> told.added(type, doc));
        return docs;
    }

    /**
     * Changes all or none; each item names its {@code id}.
     *
     * @throws CrmProblem 400 with {@code validation-errors}, also for an id that is not there
     */
    public List<ObjectNode> update(EntityType type, List<JsonNode> items) {
        Items.validate(items, (item, violations) -> {
            check(type, item, false, violations);
            if (!item.has("id")) {
                violations.missing("id");
            }
        });
        return changes.commit(told -> {
            Map<Long, ObjectNode> found = documents.lock(type.kind(), items.stream().map(item -> item.get("id").asLong()).toList());
            Items.validate(items, (item, violations) -> {
                if (!found.containsKey(item.get("id").asLong())) {
                    violations.notSupported("id");
                }
            });
            Map<Long, ObjectNode> changed = new LinkedHashMap<>();
            for (JsonNode item : items) {
                ObjectNode doc = found.get(item.get("id").asLong());
                ObjectNode before = doc.deepCopy();
                change.update(type, doc, item, now());
                told.updated(type, before, doc, now());
                changed.put(doc.get("id").asLong(), doc);
            }
            documents.save(type.kind(), changed.values());
            return items.stream().map(item -> changed.get(item.get("id").asLong())).toList();
        });
    }

    /**
     * Changes one.
     *
     * @throws CrmProblem 404, or 400 with {@code validation-errors}
     */
    public ObjectNode updateOne(EntityType type, long id, JsonNode item) {
        if (documents.find(type.kind(), id).isEmpty()) {
            throw CrmProblem.notFound();
        }
        return update(type, List.of(((ObjectNode) item.deepCopy()).put("id", id))).get(0);
    }

    /** Marks one deleted, as a manager does by hand. Its notes stay, its number answers 404 from now on. */
    public void delete(EntityType type, long id) {
        changes.commit(told -> {
            ObjectNode doc = Optional.ofNullable(documents.lock(type.kind(), List.of(id)).get(id))
                    .orElseThrow(CrmProblem::notFound);
            documents.save(type.kind(), List.of(doc.put("is_deleted", true)));
            told.deleted(type, doc, now());
            return doc;
        });
    }

    /** Takes one back out of the bin, as a manager does by hand. */
    public void restore(EntityType type, long id) {
        changes.commit(told -> {
            ObjectNode doc = documents.lockDeleted(type.kind(), id).orElseThrow(CrmProblem::notFound);
            doc.put("is_deleted", false);
            EntityChange.touch(doc, now());
            documents.save(type.kind(), List.of(doc));
            told.restored(type, doc, now());
            return doc;
        });
    }

    /**
     * Merges two contacts by hand: the winner gets the loser's phones and leads, the loser is deleted. Whether amoCRM
     * touches the leads' {@code updated_at} is not known; here it does not.
     */
    public void merge(long loser, long winner) {
        changes.commit(told -> {
            Map<Long, ObjectNode> both = documents.lock(Kind.CONTACT, List.of(loser, winner));
            if (both.size() != 2) {
                throw CrmProblem.notFound();
            }
            ObjectNode gone = both.get(loser);
            ObjectNode stays = both.get(winner);
            ObjectNode before = stays.deepCopy();
            ContactMerge.phones(gone, stays);
            EntityChange.touch(stays, now());
            List<ObjectNode> leads = new ArrayList<>(documents.lock(Kind.LEAD, changes.leadsOf(EntityType.CONTACTS, loser)).values());
            leads.forEach(lead -> ContactMerge.link(lead, loser, winner));
            documents.save(Kind.LEAD, leads);
            documents.save(Kind.CONTACT, List.of(stays, gone.put("is_deleted", true)));
            told.updated(EntityType.CONTACTS, before, stays, now());
            told.deleted(EntityType.CONTACTS, gone, now());
            return stays;
        });
    }

    private static ArrayNode links(JsonNode given, boolean withMain) {
        ArrayNode links = Json.array();
        boolean anyMain = Catalogue.stream(given).anyMatch(link -> link.path("is_main").asBoolean());
        for (JsonNode link : given) {
            ObjectNode stored = links.addObject().put("id", link.get("id").asLong());
            if (withMain) {
                stored.put("is_main", anyMain ? link.path("is_main").asBoolean() : links.size() == 1);
            }
        }
        return links;
    }

    /** @return unix seconds */
    static long now() {
        return System.currentTimeMillis() / 1000;
    }
}
