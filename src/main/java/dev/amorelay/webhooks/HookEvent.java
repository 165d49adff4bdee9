package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to one entity: one row of the inbox.
 *
 * @param eventType {@code <entity>.<action>}, for example {@code lead.status}; or {@code unparsed}
 * @param entityType {@code lead}, {@code contact}, {@code company}, {@code note}, …; or {@code unparsed}
 * @param action amoCRM's word: add, update, delete, status, responsible, restore, …; or {@code unparsed}
 * @param entityId the entity's id as text (a number, a uuid or a uid), at most 255 characters; null where none was given
 * @param accountId amoCRM's number of the account; null where none was given
 * @param payload the entity's own fields, an object whose scalars are all texts; for {@code unparsed}
 *         {@code {"raw": text, "content_type": text or null}}
 * @param hash what makes a repeat the same event, see {@link EventHash}
 */
public record HookEvent(String eventType, String entityType, String action, @Nullable String entityId, @Nullable Long accountId,
        @Nullable JsonNode payload, String hash) {

    /** Type of what could not be understood and is kept as it came. */
    public static final String UNPARSED = "unparsed";

    /**
     * The event of a body that was not understood, so that it is not lost.
     *
     * @param body as it came, or null
     * @param contentType as it came, or null
     * @param accountId amoCRM's number of the account where at least that was understood, or null
     * @return an event of the type {@link #UNPARSED} with the body as text, U+FFFD where it is not UTF-8
     */
    public static HookEvent unparsed(byte @Nullable [] body, @Nullable String contentType, @Nullable Long accountId) {
        String raw = body == null ? "" : Json.storable(new String(body, StandardCharsets.UTF_8));
        JsonNode payload = Json.object().put("raw", raw).put("content_type", Json.storable(contentType));
        return new HookEvent(UNPARSED, UNPARSED, UNPARSED, null, accountId, payload, EventHash.ofRaw(raw));
    }
}
