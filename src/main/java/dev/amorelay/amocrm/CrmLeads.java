package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Leads of the CRM ("deals" where they come back): read, create, find again. */
@Component
public class CrmLeads {

    /** Leads that one call creates (facts §2). */
    public static final int MOST_IN_A_CALL = 50;

    /** The call that creates leads, see {@link CrmCall#label}. */
    public static final String CREATE = "POST /api/v4/leads";

    private static final String PATH = "/api/v4/leads";
    private static final int FEW = 3;
    private static final int MOST_PAGES = 40;

    private final Gate gate;
    private final EntityReader reader;
    private final CarefulWrites care;

    CrmLeads(Gate gate, EntityReader reader, CarefulWrites care) {
        this.care = care;
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
    public List<JsonNode> read(@Nullable String account, Collection<Long> ids) {
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
    public Map<String, Long> create(@Nullable String account, Collection<? extends JsonNode> leads) {
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
     * Writes a date into a custom field. Once more changes nothing more.
     *
     * @param account the configured name of the account; null = the default one
     * @param id amoCRM's id of the lead
     * @param field id of a date field
     * @param midnight of the day, by the account's clock: amoCRM cuts to it (facts §3.3)
     * @return the lead's {@code updated_at} after that, by amoCRM's clock; now, where the answer leaves it out; empty where the account
     *     has no such field any more, of which a note of the deal tells
     * @throws CrmRejected when the account refuses the value
     */
    public Optional<Instant> setDate(@Nullable String account, long id, long field, Instant midnight) {
        ObjectNode lead = Json.object().put("id", id);
        lead.putArray("custom_fields_values").addObject().put("field_id", field)
                .putArray("values").addObject().put("value", midnight.getEpochSecond());
        return care.change(Accounts.orDefault(account), List.of(lead),
                items -> gate.call(CrmCall.patch(Accounts.orDefault(account), PATH, Json.array().addAll(items)))).map(answer -> {
                    JsonNode updated = answer.embedded("leads").path(0).path("updated_at");
                    return updated.isIntegralNumber() ? Instant.ofEpochSecond(updated.asLong()) : Instant.now();
                });
    }

    /**
     * Looks for leads that an earlier, unanswered create may have made. A few are searched one by one by their
     * marker, which costs a call each; more, or without a marker, are looked for among the leads created since.
     *
     * @param account the configured name of the account
     * @param wanted the leads as they were sent, each with our uuid as its {@code request_id}
     * @param markerField id of the text field that holds the uuid; null where there is none
     * @param since when they can have been created at the earliest
     * @param isAnothers whether a lead of the CRM is known to be another one of ours, which merely looks the same
     * @return amoCRM's id by uuid, of those that are there
     */
    public Map<String, Long> findCreated(String account, List<JsonNode> wanted, @Nullable Long markerField, Instant since,
                                         LongPredicate isAnothers) {
        Map<String, Long> found = new HashMap<>();
        if (markerField != null && wanted.size() <= FEW) {
            for (JsonNode lead : wanted) {
                CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), PATH,
                        "query=" + URLEncoder.encode(lead.path("request_id").asText(), StandardCharsets.UTF_8) + "&limit=250"));
                match(answer, wanted, markerField, found, isAnothers);
            }
            return found;
        }
        String newestFirst = "filter[created_at][from]=" + since.getEpochSecond()
                + "&order[created_at]=desc&with=contacts&limit=250&page=";
        for (int page = 1; page <= MOST_PAGES && found.size() < wanted.size(); page++) {
            CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), PATH, newestFirst + page));
            long oldest = match(answer, wanted, markerField, found, isAnothers);
            if (!answer.body().path("_links").has("next") || oldest < since.getEpochSecond()) {
                break;
            }
        }
        return found;
    }

    /** Returns when the oldest lead of the answer was created, in unix seconds. */
    private static long match(CrmAnswer answer, List<JsonNode> wanted, Long markerField, Map<String, Long> found,
                              LongPredicate isAnothers) {
        long oldest = Long.MAX_VALUE;
        for (JsonNode lead : answer.embedded("leads")) {
            oldest = Math.min(oldest, lead.path("created_at").asLong());
            String marker = markerField == null ? null : CustomFields.text(lead.path("custom_fields_values"), markerField);
            wanted.stream().filter(one -> marker != null ? marker.equals(one.path("request_id").asText())
                            : markerField == null && !found.containsValue(lead.path("id").asLong()) && looksLike(lead, one)
                                && !isAnothers.test(lead.path("id").asLong()))
                    .filter(one -> !found.containsKey(one.path("request_id").asText())).findFirst()
                    .ifPresent(one -> found.put(one.path("request_id").asText(), lead.path("id").asLong()));
        }
        return oldest;
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
