package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.work.Claimed;
import org.jspecify.annotations.Nullable;

/**
 * A stored webhook event, held by lease: a row of {@code amocrm_webhook_events}.
 *
 * @param id the row
 * @param lease number of this claim
 * @param type {@code lead.status}, {@code contact.add}, {@code note.add}, …
 * @param entity the type's first word
 * @param entityId amoCRM's id of the entity; null where it has none
 * @param account the configured name of the account
 * @param accountId amoCRM's number of it; 0 where the hook did not tell
 * @param payload the entity's own fields, as the hook told them
 * @param attempts claims so far, this one included
 * @param failures attempts that failed on the event's own data
 * @param lapses claims that ended without a word
 */
public record Event(long id, long lease, String type, String entity, @Nullable String entityId, String account, long accountId,
                    JsonNode payload, int attempts, int failures, int lapses) implements Claimed {

    /** An event whose claims have all ended with a word. */
    public Event(long id, long lease, String type, String entity, String entityId, String account, long accountId, JsonNode payload,
                 int attempts, int failures) {
        this(id, lease, type, entity, entityId, account, accountId, payload, attempts, failures, 0);
    }

    @Override
    public String label() {
        return type + " event " + id;
    }

    /** Two claims of one row are different work: the payload plays no part. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Event event && event.id == id && event.lease == lease;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id * 31 + lease);
    }
}
