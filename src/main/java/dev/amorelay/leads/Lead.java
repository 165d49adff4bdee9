package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's wish, as it reached one of the doors. Every text in it can be stored in PostgreSQL.
 *
 * @param id our name of the lead, answered to the caller
 * @param source who sent it: {@code site}, {@code cart_order}, … or whatever the caller wrote; one line
 * @param name as typed; null when absent
 * @param phone as typed; null when absent
 * @param phoneE164 the first number in it, as understood; null when none could be
 * @param email as typed, perhaps several addresses; null when absent
 * @param message as typed; null when absent
 * @param telegramId the person's Telegram id; null when absent
 * @param price whole roubles, 0…2147483647
 * @param meta the caller's own fields, an object
 * @param remarks what could not be understood, a Russian sentence each
 * @param contactGaps what the contact that was linked does not have, see {@link ContactGaps}; null when nothing, or not linked yet
 */
public record Lead(UUID id, String source, @Nullable String name, @Nullable String phone, @Nullable String phoneE164,
                   @Nullable String email, @Nullable String message,
                   @Nullable Long telegramId, long price, JsonNode meta, List<String> remarks, @Nullable JsonNode contactGaps) {

    /** Cleans every text, and fills meta and remarks when absent. */
    public Lead {
        source = Json.storable(source);
        name = Json.storable(name);
        phone = Json.storable(phone);
        email = Json.storable(email);
        message = Json.storable(message);
        meta = meta == null ? Json.object() : StoredJson.bounded(meta);
        remarks = remarks == null ? List.of() : remarks.stream().map(Json::storable).toList();
    }

    /** A lead as it was told: no contact is linked yet. */
    public Lead(UUID id, String source, String name, String phone, String phoneE164, String email, String message, Long telegramId,
                long price, JsonNode meta, List<String> remarks) {
        this(id, source, name, phone, phoneE164, email, message, telegramId, price, meta, remarks, null);
    }

    /** @return the first e-mail address that was told; null when none could be understood */
    public @Nullable String address() {
        return EmailAddress.first(email);
    }

    /** @return the same lead without its e-mail */
    public Lead withoutEmail() {
        return new Lead(id, source, name, phone, phoneE164, null, message, telegramId, price, meta, remarks, contactGaps);
    }

    /** @return id and source only: a lead in a log line shows nobody's name or phone */
    @Override
    public String toString() {
        return "Lead[" + id + ", " + source + "]";
    }
}
