package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.CrmRejected.Violation;
import dev.amorelay.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Contacts of the CRM: read, find, create. A contact is never overwritten. */
@Component
public class CrmContacts {

    private static final String PATH = "/api/v4/contacts";
    private static final String CREATE = "POST " + PATH;

    /** Contacts that one call may create: amoCRM's ceiling (facts §2). */
    public static final int MOST_IN_A_CALL = 250;

    /** What amoCRM recommends (facts §2): for those whose create was not answered, perhaps because it was too heavy. */
    public static final int FEW_IN_A_CALL = 50;

    private final Gate gate;
    private final EntityReader reader;
    private final RefusedWork refusedWork;

    CrmContacts(Gate gate, EntityReader reader, RefusedWork refusedWork) {
        this.gate = gate;
        this.reader = reader;
        this.refusedWork = refusedWork;
    }

    /**
     * Reads contacts.
     *
     * @param account the configured name of the account; null = the default one
     * @param ids amoCRM's ids
     * @return those found; what is missing is deleted or not visible to us
     */
    public List<JsonNode> read(@Nullable String account, Collection<Long> ids) {
        return reader.read(account, "contacts", ids, null);
    }

    /**
     * A page of all contacts, oldest first, read behind live work.
     *
     * @param contacts up to 250
     * @param isLast whether there is no further page
     */
    public record Page(List<JsonNode> contacts, boolean isLast) {
    }

    /**
     * Reads a page of all contacts.
     *
     * @param account the configured name of the account; null = the default one
     * @param number from 1
     * @return the page
     */
    public Page page(@Nullable String account, int number) {
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), PATH, "order[id]=asc&limit=250&page=" + number)
                .afterLiveWork());
        return new Page(StreamSupport.stream(answer.embedded("contacts").spliterator(), false).toList(),
                !answer.body().path("_links").has("next"));
    }

    /**
     * Searches contacts, leaving room for other calls. amoCRM's search is a substring search over all fields, so each hit
     * is verified.
     *
     * @param account the configured name of the account; null = the default one
     * @param text what to search, for a phone its last ten digits
     * @param isMeant whether a hit is really the one that is meant
     * @return the oldest contact that is meant
     */
    public Optional<JsonNode> find(@Nullable String account, String text, Predicate<JsonNode> isMeant) {
        String query = "query=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&limit=250";
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), PATH, query).inRound());
        return StreamSupport.stream(answer.embedded("contacts").spliterator(), false)
                .filter(isMeant)
                .min(Comparator.comparingLong((JsonNode contact) -> contact.path("created_at").asLong())
                        .thenComparingLong(contact -> contact.path("id").asLong()));
    }

    /**
     * Creates contacts in one call. Those that the CRM refuses go again in their plainer form, since an e-mail that its
     * check refuses must not keep a person out; what is refused even then is left out part by part.
     *
     * @param account the configured name of the account; null = the default one
     * @param contacts up to {@link #MOST_IN_A_CALL} as API v4 takes them, each with its own {@code request_id}
     * @param plainer the same contacts with nothing in them that could be refused
     * @return each as it was taken, with amoCRM's {@code id}, by its {@code request_id}
     * @throws CrmOutcomeUnknown when they may have been created or not
     */
    public Map<String, JsonNode> create(@Nullable String account, List<ObjectNode> contacts, List<ObjectNode> plainer) {
        try {
            return createTogether(account, contacts);
        } catch (CrmRejected rejected) {
            List<ObjectNode> careful = new ArrayList<>();
            for (int i = 0; i < contacts.size(); i++) {
                boolean blamed = rejected.reasons().isEmpty()
                        || rejected.reasons().containsKey(contacts.get(i).path("request_id").asText());
                careful.add(blamed ? plainer.get(i) : contacts.get(i));
            }
            return createCarefully(account, careful.stream().map(CarefulItem::new).toList());
        }
    }

    /** Not even in their plainer form: without what is refused, whatever it is. */
    private Map<String, JsonNode> createCarefully(String account, List<CarefulItem> contacts) {
        while (true) {
            try {
                return createTogether(account, contacts.stream().map(CarefulItem::item).toList());
            } catch (CrmRejected rejected) {
                boolean blamed = false;
                for (CarefulItem contact : contacts) {
                    List<Violation> violations = rejected.violations(contact.key(), contacts.size() == 1);
                    if (!violations.isEmpty() && !contact.isBare()) {
                        contact.takeOut(violations, field -> true);
                        blamed = true;
                    }
                }
                if (!blamed) {
                    throw refusedWork.refusing(Accounts.orDefault(account), CREATE, rejected);
                }
            }
        }
    }

    private Map<String, JsonNode> createTogether(String account, List<ObjectNode> contacts) {
        ArrayNode body = Json.array().addAll(contacts);
        CrmAnswer answer = gate.call(CrmCall.post(Accounts.orDefault(account), PATH, body));
        Map<String, Long> ids = answer.createdIds("contacts", contacts);
        Map<String, JsonNode> created = new HashMap<>();
        for (ObjectNode contact : contacts) {
            String key = contact.path("request_id").asText();
            created.put(key, contact.deepCopy().put("id", ids.get(key)).without("request_id"));
        }
        return created;
    }
}
