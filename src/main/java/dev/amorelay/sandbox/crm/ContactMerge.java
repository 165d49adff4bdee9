package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;

/** What passes from the loser of a merge to its winner. */
final class ContactMerge {

    private static final String FIELDS = "custom_fields_values";

    private ContactMerge() {
    }

    /** Adds the loser's phones and e-mails to the winner's. */
    static void phones(ObjectNode loser, ObjectNode winner) {
        ArrayNode own = winner.path(FIELDS).isArray() ? (ArrayNode) winner.get(FIELDS) : winner.putArray(FIELDS);
        for (JsonNode field : loser.path(FIELDS)) {
            JsonNode same = Catalogue.stream(own).filter(one -> one.path("field_id").equals(field.path("field_id"))).findFirst().orElse(null);
            if (same == null) {
                own.add(field.deepCopy());
            } else if (same.get("values") instanceof ArrayNode values) {
                field.path("values").forEach(value -> values.add(value.deepCopy()));
            }
        }
    }

    /** Puts the winner in the loser's place among a lead's contacts, once. */
    static void link(ObjectNode lead, long loser, long winner) {
        ArrayNode links = Json.array();
        boolean isThere = Catalogue.stream(lead.path("contacts")).anyMatch(link -> link.path("id").asLong() == winner);
        for (JsonNode link : lead.path("contacts")) {
            if (link.path("id").asLong() != loser) {
                links.add(link);
            } else if (!isThere) {
                links.add(((ObjectNode) link.deepCopy()).put("id", winner));
            }
        }
        lead.set("contacts", links);
    }
}
