package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.phone.Phones;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How to reach the person, as far as the contact in the CRM does not tell it: extensions, further numbers and addresses. */
final class PersonNote {

    static final String TITLE = "☎️ КОНТАКТНЫЕ ДАННЫЕ:";

    private static final Map<String, String> LABELS = Map.of("name", "имя", "phone", "телефон", "email", "email");

    private PersonNote() {
    }

    /** @return the note; empty where the contact has everything that was said */
    static Optional<String> of(Lead lead) {
        List<String> lines = new ArrayList<>();
        if (!DealName.of(lead).endsWith(DealName.person(lead))) {
            lines.add("Имя полностью: " + DealName.person(lead)); // cut in the deal's name
        }
        if (lead.phoneE164() != null && Phones.saysMore(lead.phone(), lead.phoneE164())) {
            lines.add("Телефон указан так: " + Lines.one(lead.phone()));
        }
        if (lead.address() != null && !lead.address().equals(lead.email())) {
            lines.add("Email указан так: " + Lines.one(lead.email()));
        }
        if (lead.contactGaps() != null) {
            lines.add("Контакт уже есть в CRM; в заявке указано также: " + told(lead.contactGaps()));
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(TITLE + "\n" + String.join("\n", lines));
    }

    private static String told(JsonNode gaps) {
        List<String> told = new ArrayList<>();
        for (String key : List.of("name", "phone", "email")) {
            if (gaps.hasNonNull(key)) {
                told.add(LABELS.get(key) + " " + gaps.get(key).asText());
            }
        }
        return String.join(", ", told);
    }
}
