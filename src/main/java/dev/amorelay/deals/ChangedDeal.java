package dev.amorelay.deals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A deal that was just stored, with what has changed: what {@link DealSync#store} hands on to the flow, which says what follows from it.
 *
 * @param map plain, as flows read it:
 *     <ul>
 *     <li>{@code id} amoCRM's id, {@code account} the configured name of its account, {@code account_id} amoCRM's number of that;</li>
 *     <li>{@code name}, {@code price}, {@code pipeline}, {@code stage}, {@code stage_name}, {@code responsible}, {@code company},
 *     {@code contacts} (ids, the main one first), {@code created_at}, {@code updated_at}, {@code closed_at} (unix seconds); null where the
 *     deal has none;</li>
 *     <li>{@code came} whether it has come to its stage since we last read it, {@code stage_before} where it stood before (null where
 *     nobody knows), {@code stage_changes} how often it has changed its stage: one number for each coming;</li>
 *     <li>{@code won} whether it is won, or was meanwhile, and sold something; {@code lost};</li>
 *     <li>{@code sells_machines} whether its account has a field for serial numbers;</li>
 *     <li>{@code requests} uuids of the service requests that it belongs to; most often none;</li>
 *     <li>{@code inn} of the buyer, where the deal is won and a user of the CRM has written it;</li>
 *     <li>{@code fields} its custom fields by name, see {@link DealFields}.</li>
 *     </ul>
 */
public record ChangedDeal(Map<String, Object> map) {

    /**
     * What a flow hands on.
     *
     * @param deals the plain maps
     */
    public static List<ChangedDeal> all(List<Map<String, Object>> deals) {
        return deals.stream().map(ChangedDeal::new).toList();
    }

    /** Ids as the database keeps them. */
    public static String[] ids(List<Map<String, Object>> deals) {
        return deals.stream().map(deal -> String.valueOf(deal.get("id"))).toArray(String[]::new);
    }

    static ChangedDeal of(JsonNode deal) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", deal.path("id").asLong());
        map.put("name", deal.path("name").asText(""));
        map.put("price", deal.path("price").asLong());
        map.put("pipeline", deal.path("pipeline_id").asLong());
        map.put("stage", deal.path("status_id").asLong());
        map.put("responsible", number(deal.path("responsible_user_id")));
        map.put("company", number(deal.path("_embedded").path("companies").path(0).path("id")));
        map.put("contacts", new ArrayList<>(StreamSupport.stream(deal.path("_embedded").path("contacts").spliterator(), false)
                .sorted((a, b) -> Boolean.compare(b.path("is_main").asBoolean(), a.path("is_main").asBoolean()))
                .map(contact -> contact.path("id").asLong()).toList()));
        for (String moment : List.of("created_at", "updated_at", "closed_at")) {
            map.put(moment, number(deal.path(moment)));
        }
        return new ChangedDeal(map);
    }

    private static Long number(JsonNode node) {
        return node.isNumber() && node.asLong() != 0 ? node.asLong() : null;
    }

    /** @return amoCRM's id */
    public long id() {
        return ((Number) map.get("id")).longValue();
    }

    /** @return the configured name of its account */
    public String account() {
        return (String) map.get("account");
    }

    /** @return amoCRM's number of its account */
    public long accountId() {
        return ((Number) map.get("account_id")).longValue();
    }

    /** @return amoCRM's id of its stage */
    public long stage() {
        return ((Number) map.get("stage")).longValue();
    }

    /** @return amoCRM's ids of its contacts, the main one first */
    @SuppressWarnings("unchecked")
    public List<Long> contacts() {
        return (List<Long>) map.get("contacts");
    }

    /** @return uuids of its service requests */
    @SuppressWarnings("unchecked")
    public List<String> requests() {
        return (List<String>) map.get("requests");
    }

    /** @return the buyer's INN where it is proved, else null */
    String inn() {
        return (String) map.get("inn");
    }
}
