package dev.amorelay.sandbox.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.store.Criteria;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.Kind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The account's webhook subscriptions: an address and the event codes it wants (facts §5.1). */
public final class Subscriptions {

    /** Every code the API knows. */
    public static final Set<String> CODES = codes();

    private final Documents documents;
    private final HookQueue queue;
    private final long accountId;
    private final long userId;

    /** Subscriptions made in the name of {@code userId}. */
    public Subscriptions(Documents documents, HookQueue queue, long accountId, long userId) {
        this.documents = documents;
        this.queue = queue;
        this.accountId = accountId;
        this.userId = userId;
    }

    private static Set<String> codes() {
        Set<String> codes = new LinkedHashSet<>();
        for (String entity : List.of("lead", "contact", "company", "customer")) {
            Stream.of("add", "update", "delete", "restore", "responsible", "note").map(word -> word + "_" + entity)
                    .forEach(codes::add);
        }
        codes.addAll(List.of("status_lead", "add_task", "update_task", "delete_task", "responsible_task", "add_talk",
                "update_talk", "add_message", "add_outgoing_message", "add_chat_template_review"));
        return Set.copyOf(codes);
    }

    /** @return all, or those of one address */
    public List<ObjectNode> list(Optional<String> destination) {
        Criteria criteria = new Criteria();
        destination.ifPresent(wanted -> criteria.oneOfTexts("destination", List.of(wanted)));
        return documents.search(Kind.WEBHOOK, criteria, "id", 100, 0);
    }

    /** Adds a subscription; one with the same address is replaced and switched on again. */
    public ObjectNode put(String destination, Collection<String> settings, long sort, boolean own) {
        return documents.inOneCommit(() -> {
            Optional<ObjectNode> old = list(Optional.of(destination)).stream().findFirst();
            long now = System.currentTimeMillis() / 1000;
            ObjectNode doc = old.orElseGet(() -> Json.object().put("id", documents.newIds(1).get(0)).put("created_at", now));
            doc.put("destination", destination).put("updated_at", now).put("account_id", accountId)
                    .put("created_by", userId).put("sort", sort).put("disabled", false)
                    .put("own", own || doc.path("own").asBoolean());
            ArrayNode codes = doc.putArray("settings");
            settings.stream().sorted().forEach(codes::add);
            if (old.isPresent()) {
                documents.save(Kind.WEBHOOK, List.of(doc));
            } else {
                documents.insert(Kind.WEBHOOK, List.of(doc));
            }
            return doc;
        });
    }

    /**
     * Switches an address off, as amoCRM does after many bad answers: nothing is sent to it, and what waited is forgotten.
     *
     * @param destination null = all
     * @return how many were switched off
     */
    public int disable(@Nullable String destination) {
        return documents.inOneCommit(() -> {
            List<ObjectNode> off = list(Optional.ofNullable(destination)).stream().filter(doc -> !doc.path("disabled").asBoolean()).toList();
            off.forEach(doc -> {
                queue.forget(doc.path("destination").asText());
                doc.put("disabled", true);
            });
            documents.save(Kind.WEBHOOK, off);
            return off.size();
        });
    }

    /** @return whether there was such a subscription */
    public boolean remove(String destination) {
        List<Long> ids = ids(list(Optional.of(destination)));
        documents.remove(Kind.WEBHOOK, ids);
        return !ids.isEmpty();
    }

    /**
     * Subscribes the relay itself to everything, in place of an address it had in an earlier run; what still waited
     * for that address follows.
     */
    public void subscribeOwn(String destination) {
        documents.inOneCommit(() -> {
            List<ObjectNode> older = list(Optional.empty()).stream().filter(doc -> doc.path("own").asBoolean()
                    && !doc.path("destination").asText().equals(destination)).toList();
            documents.remove(Kind.WEBHOOK, ids(older));
            older.forEach(doc -> queue.redirect(doc.path("destination").asText(), destination));
            return put(destination, CODES, 0, true);
        });
    }

    /** Removes the relay's own subscription of an earlier run. */
    public void removeOwn() {
        documents.remove(Kind.WEBHOOK, ids(list(Optional.empty()).stream().filter(doc -> doc.path("own").asBoolean()).toList()));
    }

    private static List<Long> ids(List<? extends JsonNode> docs) {
        return docs.stream().map(doc -> doc.get("id").asLong()).toList();
    }
}
