package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.json.Json;
import dev.amorelay.phone.Phones;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a lead says of its person and the contact in the CRM does not have. A contact is never overwritten, so that a manager has
 * to be told. Found out once, when the contact is linked, and kept with the lead: the note stays the same whatever becomes of the
 * contact later.
 */
final class ContactGaps {

    /** What the diagnostics widget sends where it knows no name. */
    private static final String NOBODY = "Unknown User";

    private ContactGaps() {
    }

    /**
     * Compares.
     *
     * @param lead whose person was found or created
     * @param contact as API v4 shows it; null or empty where our copy knows no more than its phone
     * @return {@code {name?, phone?, email?}} as the lead tells them; null where the contact has everything
     */
    static @Nullable ObjectNode of(Lead lead, @Nullable JsonNode contact) {
        boolean isKnown = contact != null && contact.isObject() && !contact.isEmpty();
        JsonNode fields = isKnown ? contact.path("custom_fields_values") : Json.MAPPER.missingNode();
        ObjectNode gaps = Json.object();
        String name = Lines.one(lead.name());
        boolean isName = !name.isEmpty() && !name.equals(NOBODY) && Phones.whole(name).isEmpty();
        if (isKnown && isName && !words(nameOf(contact)).containsAll(words(name))) {
            gaps.put("name", name);
        }
        List<String> phones = CustomFields.texts(fields, "PHONE");
        if (isKnown && lead.phoneE164() != null && phones.stream().noneMatch(phone -> Phones.same(phone, lead.phoneE164()))) {
            gaps.put("phone", lead.phoneE164());
        }
        String email = lead.address();
        if (email != null && CustomFields.texts(fields, "EMAIL").stream().noneMatch(one -> one.toLowerCase(Locale.ROOT).contains(
                email.toLowerCase(Locale.ROOT)))) {
            gaps.put("email", email);
        }
        return gaps.isEmpty() ? null : gaps;
    }

    private static String nameOf(JsonNode contact) {
        return String.join(" ", List.of(contact.path("name").asText(""), contact.path("first_name").asText(""), contact.path("last_name").asText("")));
    }

    /** «Раиса Полевая», «Полевая Раиса» and «раиса» are one name. */
    private static Set<String> words(String name) {
        return Arrays.stream(name.toLowerCase(Locale.ROOT).replace('ё', 'е').split("[^\\p{L}\\p{Nd}]+")).filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
