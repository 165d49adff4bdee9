package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** Contacts of the CRM: read, find, create. A contact is never overwritten. */
@Component
public class CrmContacts {

    private static final String PATH = "/api/v4/contacts";

    private final Gate gate;
    private final EntityReader reader;

    CrmContacts(Gate gate, EntityReader reader) {
        this.gate = gate;
        this.reader = reader;
    }

    /**
     * Reads contacts.
     *
     * @param account the configured name of the account; null = the default one
     * @param ids amoCRM's ids
     * @return those found; what is missing is deleted or not visible to us
     */
    public List<JsonNode> read(String account, Collection<Long> ids) {
        return reader.read(account, "contacts", ids, null);
    }

    /**
     * Searches contacts. amoCRM's search is a substring search over all fields, so each hit is verified.
     *
     * @param account the configured name of the account; null = the default one
     * @param text what to search, for a phone its last ten digits
     * @param isMeant whether a hit is really the one that is meant
     * @return the oldest contact that is meant
     */
    public Optional<JsonNode> find(String account, String text, Predicate<JsonNode> isMeant) {
        String query = "query=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&limit=250";
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), PATH, query));
        return StreamSupport.stream(answer.embedded("contacts").spliterator(), false)
                .filter(isMeant)
                .min(Comparator.comparingLong((JsonNode contact) -> contact.path("created_at").asLong())
                        .thenComparingLong(contact -> contact.path("id").asLong()));
    }

    /**
     * Creates a contact.
     *
     * @param account the configured name of the account; null = the default one
     * @param contact as API v4 takes it
     * @return amoCRM's id
     */
    public long create(String account, JsonNode contact) {
        CrmAnswer answer = gate.call(CrmCall.post(Accounts.orDefault(account), PATH, Json.array().add(contact)));
        return answer.createdId("contacts");
    }
}
