package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import dev.amorelay.json.JsonBody;
import dev.amorelay.work.Claimed;
import dev.amorelay.work.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Leads, contacts, companies and tasks by their words in API v4, for the connectors in {@code routes/kamelets}: bodies may be JSON
 * texts, trees, or maps and lists.
 */
@Component
public class CrmEntities {

    private static final Logger LOG = LoggerFactory.getLogger(CrmEntities.class);

    /** Entities that go into one call: what amoCRM recommends (facts §2). */
    public static final int MOST_IN_A_CALL = 50;

    /** Ids that a flow or a setting names, and nobody else. */
    static final Pattern OF_THE_SET_UP =
            Pattern.compile("custom_fields_values\\.\\d+\\.field_id|responsible_user_id|pipeline_id|status_id|task_type_id");

    private final Gate gate;
    private final EntityReader reader;
    private final Twins twins;
    private final CarefulWrites care;
    private final RefusedWork refusedWork;
    private final RefusedItems refusedItems;

    CrmEntities(Gate gate, EntityReader reader, Twins twins, CarefulWrites care, RefusedWork refusedWork, RefusedItems refusedItems) {
        this.care = care;
        this.refusedWork = refusedWork;
        this.refusedItems = refusedItems;
        this.gate = gate;
        this.reader = reader;
        this.twins = twins;
    }

    /**
     * Reads entities.
     *
     * @param kind {@code leads}, {@code contacts}, {@code companies} or {@code tasks}
     * @param account the configured name of the account; null = the default one
     * @param ids amoCRM's ids, as {@link JsonBody#ids} takes them
     * @return those found; what is missing is deleted or not visible to us
     */
    public List<JsonNode> read(String kind, String account, Object ids) {
        return reader.read(account, kind, JsonBody.ids(ids), "leads".equals(kind) ? "with=contacts" : null);
    }

    /**
     * Creates entities in one call. An attempt whose rows may have been here before looks for what that made, and creates only
     * what is not there.
     *
     * @param kind {@code leads}, {@code contacts}, {@code companies}, {@code tasks}, or {@code leads/notes} and the like
     * @param account the configured name of the account; null = the default one
     * @param body up to 50 objects as API v4 takes them; one without a {@code request_id} is called by its position, from 0
     * @param claimed the rows of inbox or outbox that the flow works on; null where nothing repeats it
     * @return amoCRM's id of each by its {@code request_id}
     * @throws CrmRejected when one of them is refused; none is saved then. Where a row of work repeats it, ids that the account refuses are
     *     left out of leads instead, and a note of the deal tells it, as is the responsible user of all others; what contacts and companies
     *     say wrongly is left out and told to a manager; a task about what is gone stands alone, and what else is refused of notes and
     *     tasks is told to a manager, and has no id in the answer
     * @throws CrmRefusing when the account refuses ids that cannot be left out
     * @throws CrmOutcomeUnknown when they may have been created or not
     * @throws Refused when there are more than one call creates, since of two calls one could fail; or when an earlier attempt may
     *     have made what cannot be recognised
     */
    public Map<String, Long> create(String kind, String account, Object body, Collection<? extends Claimed> claimed) {
        List<ObjectNode> items = JsonBody.objects(body);
        if (items.size() > MOST_IN_A_CALL) {
            throw new Refused(items.size() + " " + kind + " are more than the " + MOST_IN_A_CALL + " that one call creates");
        }
        boolean owed = claimed != null && !claimed.isEmpty();
        List<ObjectNode> wanted = NoteParts.divided(kind, twins.recognisable(kind, account, items, owed, owed ? onlyKey(claimed) : null));
        Map<String, Long> ids = new LinkedHashMap<>();
        boolean inDoubt = owed && claimed.stream().anyMatch(CrmEntities::wasHereBefore);
        if (inDoubt) {
            ids.putAll(twins.of(kind, account, wanted));
        }
        List<ObjectNode> missing = wanted.stream().filter(item -> !ids.containsKey(item.path("request_id").asText())).toList();
        if (!missing.isEmpty()) {
            ids.putAll(owed ? createCarefully(kind, Accounts.orDefault(account), missing, inDoubt)
                    : create(kind, Accounts.orDefault(account), missing));
        }
        return ids;
    }

    private Map<String, Long> create(String kind, String account, List<ObjectNode> items) {
        CrmAnswer answer = gate.call(CrmCall.post(account, path(kind), Json.array().addAll(items)));
        return answer.createdIds(kind.substring(kind.indexOf('/') + 1), items);
    }

    /** A fault of the set-up buries nothing: what cannot be left out waits for it to be mended. */
    private Map<String, Long> createCarefully(String kind, String account, List<ObjectNode> items, boolean inDoubt) {
        List<ObjectNode> left = items;
        List<ObjectNode> sent = new ArrayList<>();
        while (!left.isEmpty()) {
            try {
                return care.create(kind, account, left, some -> {
                    sent.clear();
                    sent.addAll(some);
                    return createMissing(kind, account, some, inDoubt ? items : some);
                });
            } catch (CrmRejected rejected) {
                if (rejected.blamesOnly(OF_THE_SET_UP)) {
                    throw refusedWork.refusing(account, "POST " + path(kind), rejected);
                }
                left = refusedItems.withoutRefused(kind, account, left, sent, rejected);
            }
        }
        return Map.of();
    }

    /** What the earlier attempt has made, it may have made without what was refused: by that it is looked for, too. */
    private Map<String, Long> createMissing(String kind, String account, List<ObjectNode> items, List<ObjectNode> lookedFor) {
        List<ObjectNode> changed = items.stream().filter(item -> !lookedFor.contains(item)).toList();
        Map<String, Long> ids = new LinkedHashMap<>(changed.isEmpty() ? Map.of() : twins.of(kind, account, changed));
        List<ObjectNode> missing = items.stream().filter(item -> !ids.containsKey(item.path("request_id").asText())).toList();
        if (!missing.isEmpty()) {
            ids.putAll(create(kind, account, missing));
        }
        return ids;
    }

    private static String onlyKey(Collection<? extends Claimed> claimed) {
        return claimed.size() == 1 && claimed.iterator().next() instanceof Effect effect ? effect.key() : null;
    }

    private static boolean wasHereBefore(Claimed row) {
        return row instanceof Effect effect ? effect.inDoubt() : row.attempts() > 1;
    }

    /**
     * Changes entities, up to 50 a call. What is not named stays; once more changes nothing more.
     *
     * @param kind {@code leads}, {@code contacts}, {@code companies}, {@code tasks}, or {@code leads/notes} and the like
     * @param account the configured name of the account; null = the default one
     * @param body objects as API v4 takes them, each with its {@code id}; of several with one id the last counts; of a note its
     *     {@code text} will do
     * @return amoCRM's ids of those that were changed; those that are gone are left out
     * @throws CrmRejected when one of a call is refused; none of that call is saved then. Of leads, what the account's settings name is
     *     left out instead, and a note of the deal tells it
     */
    public List<Long> update(String kind, String account, Object body) {
        Map<Long, ObjectNode> byId = new HashMap<>();
        List<Long> ids = new ArrayList<>();
        Set<Long> gone = new HashSet<>();
        for (ObjectNode item : JsonBody.objects(body)) {
            long id = item.path("id").asLong();
            if (id <= 0) {
                throw new Refused("a change of " + kind + " without an id");
            }
            Twins.spellOut(kind, item);
            if (byId.put(id, item.put("id", id)) == null) {
                ids.add(id);
            }
        }
        for (int from = 0; from < ids.size(); from += MOST_IN_A_CALL) {
            List<Long> some = ids.subList(from, Math.min(from + MOST_IN_A_CALL, ids.size()));
            gone.addAll(change(kind, Accounts.orDefault(account), some.stream().map(byId::get).toList()));
        }
        return ids.stream().filter(id -> !gone.contains(id)).toList();
    }

    /** @return ids of what is not there any more: the others of its call are changed all the same */
    private Set<Long> change(String kind, String account, List<ObjectNode> some) {
        List<ObjectNode> left = new ArrayList<>(some);
        Set<Long> gone = new HashSet<>();
        List<ObjectNode> sent = new ArrayList<>();
        Function<List<ObjectNode>, CrmAnswer> send = items -> {
            sent.clear();
            sent.addAll(items);
            return gate.call(CrmCall.patch(account, path(kind), Json.array().addAll(items)));
        };
        while (!left.isEmpty()) {
            try {
                if ("leads".equals(kind)) {
                    care.change(account, left, send);
                } else {
                    send.apply(left);
                }
                return gone;
            } catch (CrmRejected rejected) {
                Set<Long> unknown = RefusedItems.gone(sent, rejected);
                if (unknown.isEmpty()) {
                    throw rejected;
                }
                LOG.warn("amoCRM account {}: {} {} are not there any more, nothing of them is changed", account, kind, unknown);
                gone.addAll(unknown);
                left.removeIf(item -> unknown.contains(item.path("id").asLong()));
            }
        }
        return gone;
    }

    private static String path(String kind) {
        return "/api/v4/" + kind;
    }
}
