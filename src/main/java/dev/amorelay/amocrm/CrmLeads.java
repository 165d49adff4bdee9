package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Leads of the CRM ("deals" where they come back): read, create, find again. */
@Component
public class CrmLeads {

    private static final String PATH = "/api/v4/leads";

    private final Gate gate;
    private final EntityReader reader;

    CrmLeads(Gate gate, EntityReader reader) {
        this.gate = gate;
        this.reader = reader;
    }

    /**
     * Reads leads with their contacts' ids and companies.
     *
     * @param account the configured name of the account; null = the default one
     * @param ids amoCRM's ids
     * @return the leads found; what is missing is deleted or not visible to us
     */
    public List<JsonNode> read(String account, Collection<Long> ids) {
        return reader.read(account, "leads", ids, "with=contacts");
    }

    /**
     * Creates leads in one call.
     *
     * @param account the configured name of the account; null = the default one
     * @param leads up to 50 objects as API v4 takes them, each with its own {@code request_id}
     * @return amoCRM's id of each lead by its {@code request_id}
     * @throws CrmRejected when one of them is refused; none is saved then
     * @throws CrmOutcomeUnknown when they may have been created or not
     */
    public Map<String, Long> create(String account, Collection<? extends JsonNode> leads) {
        ArrayNode body = Json.array();
        leads.forEach(body::add);
        CrmAnswer answer = gate.call(CrmCall.post(Accounts.orDefault(account), PATH, body));
        Map<String, Long> ids = new LinkedHashMap<>();
        for (JsonNode lead : answer.embedded("leads")) {
            ids.put(lead.path("request_id").asText(), lead.path("id").asLong());
        }
        return ids;
    }

    /**
     * Looks for a lead that an earlier, unanswered create may have made.
     *
     * @param account the configured name of the account
     * @param wanted the lead as it was sent
     * @param marker our uuid of the lead
     * @param markerField id of the text field that holds the uuid; null where there is none
     * @param since when it can have been created at the earliest
     * @return amoCRM's id, when it is there
     */
    public Optional<Long> findCreated(String account, JsonNode wanted, String marker, Long markerField, Instant since) {
        String query = markerField != null ? "query=" + marker + "&limit=250"
                : "filter[created_at][from]=" + since.getEpochSecond() + "&with=contacts&limit=250";
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), PATH, query));
        for (JsonNode lead : answer.embedded("leads")) {
            boolean same = markerField != null
                    ? marker.equals(CustomFields.text(lead.path("custom_fields_values"), markerField))
                    : looksLike(lead, wanted);
            if (same) {
                return Optional.of(lead.path("id").asLong());
            }
        }
        return Optional.empty();
    }

    private static boolean looksLike(JsonNode lead, JsonNode wanted) {
        JsonNode wantedContact = wanted.path("_embedded").path("contacts").path(0).path("id");
        boolean sameContact = wantedContact.isMissingNode();
        for (JsonNode contact : lead.path("_embedded").path("contacts")) {
            sameContact |= contact.path("id").asLong() == wantedContact.asLong();
        }
        return sameContact && lead.path("name").asText().equals(wanted.path("name").asText())
                && lead.path("price").asLong() == wanted.path("price").asLong();
    }
}
