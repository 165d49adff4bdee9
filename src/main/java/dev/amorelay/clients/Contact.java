package dev.amorelay.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.json.Json;
import dev.amorelay.phone.Phones;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A contact as the CRM has it.
 *
 * @param id amoCRM's id
 * @param name may be empty
 * @param phones those that can be understood, E.164
 * @param emails as written
 * @param updatedAt amoCRM's clock; null for one that we have just created, which everything that is read replaces
 * @param full the contact as API v4 shows it
 */
public record Contact(long id, String name, List<String> phones, List<String> emails, @Nullable Instant updatedAt, JsonNode full) {

    /**
     * Reads a contact of API v4.
     *
     * @param contact {@code {id, name, custom_fields_values, updated_at}}, or as it was sent to be created, with its id
     * @return the contact
     */
    public static Contact of(JsonNode contact) {
        JsonNode fields = contact.path("custom_fields_values");
        List<String> phones = CustomFields.texts(fields, "PHONE").stream()
                .map(Phones::e164).flatMap(Optional::stream).distinct().toList();
        List<String> emails = CustomFields.texts(fields, "EMAIL").stream().map(Json::storable).distinct().toList();
        JsonNode updated = contact.path("updated_at");
        return new Contact(contact.path("id").asLong(), Json.storable(contact.path("name").asText("")), phones, emails,
                updated.isNumber() ? Instant.ofEpochSecond(updated.asLong()) : null, contact);
    }
}
