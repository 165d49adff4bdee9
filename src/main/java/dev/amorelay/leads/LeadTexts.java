package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a request in the lengths that the contract names; what is cut off stands whole in a remark. */
record LeadTexts(ObjectNode request, ObjectNode meta, List<String> remarks) {

    /** @return the source on one line; {@link LeadSource#UNKNOWN} where none is named */
    String source() {
        String given = NodeText.of(request.get("source"));
        String source = given == null ? "" : Lines.one(given);
        return source.isEmpty() ? LeadSource.UNKNOWN : capped("source", source);
    }

    /** @return a field of the lead, also when it was sent inside meta; of several values all, with commas; null when absent */
    @Nullable String own(String field) {
        String given = NodeText.joined(request.get(field));
        String text = given == null && !"name".equals(field) ? NodeText.joined(meta.get(field)) : given;
        return text == null ? null : capped(field, text.strip());
    }

    private String capped(String field, String text) {
        int longest = LeadRules.CONTRACT.longest(field);
        if (text.length() <= longest) {
            return text;
        }
        remarks.add(LeadRules.CONTRACT.title(field) + " длиннее " + longest + " знаков, полностью: «" + text + "»");
        return Lines.cut(text, longest);
    }
}
