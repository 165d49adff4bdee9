package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What amoCRM answered, when it did what was asked or found nothing.
 *
 * @param status 200, 201, 202, 204 or 404
 * @param body the JSON body; a missing node for none
 */
public record CrmAnswer(int status, JsonNode body) {

    /** @return whether there is no such entity, or it is not visible to the token's user */
    public boolean notFound() {
        return status == 404;
    }

    /**
     * The entities of a list.
     *
     * @param name for example {@code leads}
     * @return the array under {@code _embedded}; a missing node (no elements) when nothing was found
     */
    public JsonNode embedded(String name) {
        return body.path("_embedded").path(name);
    }

    /**
     * amoCRM's id of the one entity that a call created.
     *
     * @param name for example {@code tasks}
     * @return the id
     * @throws CrmOutcomeUnknown when the answer names none, so that nothing counts as done that perhaps was not
     */
    public long createdId(String name) {
        long id = embedded(name).path(0).path("id").asLong();
        if (id == 0) {
            throw new CrmOutcomeUnknown("the answer to a create names none of the " + name);
        }
        return id;
    }

    /**
     * amoCRM's ids of the entities that a call created. Their order is not promised, so they are told apart by
     * the {@code request_id} that each was sent with.
     *
     * @param name for example {@code contacts}
     * @param sent what was sent, each with a {@code request_id}
     * @return id by request_id
     * @throws CrmOutcomeUnknown when the answer leaves one out
     */
    public Map<String, Long> createdIds(String name, Collection<? extends JsonNode> sent) {
        Map<String, Long> ids = new HashMap<>();
        for (JsonNode created : embedded(name)) {
            ids.put(created.path("request_id").asText(), created.path("id").asLong());
        }
        if (!sent.stream().allMatch(item -> ids.getOrDefault(item.path("request_id").asText(), 0L) > 0)) {
            throw new CrmOutcomeUnknown("the answer to a create does not name all of the " + name);
        }
        return ids;
    }
}
