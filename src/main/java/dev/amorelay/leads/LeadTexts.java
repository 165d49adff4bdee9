package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The texts of a request in the lengths that the relay keeps; what is cut off stands whole in a remark. */
record LeadTexts(ObjectNode request, ObjectNode meta, List<String> remarks) {

    private static final int LONGEST_SOURCE = 64;

    /** @return the source on one line; {@link LeadSource#UNKNOWN} where none is named */
    String source() {
        String given = NodeText.of(request.get("source"));
        String source = given == null ? "" : Lines.one(given);
        return source.isEmpty() ? LeadSource.UNKNOWN : capped(source, "Источник", LONGEST_SOURCE);
    }

    /** @return a field of the lead, also when it was sent inside meta; null when absent */
    String own(String field, String label, int longest) {
        String given = NodeText.of(request.get(field));
        String text = given == null && !"name".equals(field) ? NodeText.of(meta.get(field)) : given;
        return text == null ? null : capped(text.strip(), label, longest);
    }

    private String capped(String text, String label, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        remarks.add(label + " длиннее " + longest + " знаков, полностью: «" + text + "»");
        return Lines.cut(text, longest);
    }
}
