package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a post is a lead although it names no way to reach anybody and no message. A form is sent by a machine that reads no
 * refusal: whatever is filled in counts. Of JSON what only a page says of itself does not.
 *
 * @param names what is noise, and what only machines add
 */
record Substance(LeadNames names) {

    /** Nobody has said anything by them alone. */
    private static final Set<String> OF_THE_PAGE = Set.of("source", "meta", "total", "price");
    /** What the mask of a phone's field shows before anybody has typed: {@code +7 (___) ___-__-__}. */
    private static final Pattern UNFILLED = Pattern.compile("[^\\p{L}\\p{Nd}]*\\p{Nd}?[^\\p{L}\\p{Nd}]*");

    static Substance of(LeadNames names) {
        return new Substance(names);
    }

    boolean isIn(PostedForm post) {
        return switch (post.kind()) {
            case FORM -> post.request().properties().stream().anyMatch(field -> !"source".equals(field.getKey())
                    && !names.is("noise", field.getKey()) && NodeText.says(field.getValue()));
            case JSON -> isSaid(post.request()) || post.request().get("meta") instanceof ObjectNode meta && isSaid(meta);
            case PERHAPS_A_FORM -> post.request().properties().stream()
                    .anyMatch(field -> names.field(field.getKey()).isPresent() && NodeText.says(field.getValue()));
        };
    }

    private boolean isSaid(JsonNode fields) {
        return fields.properties().stream().anyMatch(field -> !OF_THE_PAGE.contains(field.getKey())
                && !names.is("noise", field.getKey()) && !names.is("context", field.getKey()) && isSaid(field.getKey(), field.getValue()));
    }

    private boolean isSaid(String key, JsonNode value) {
        boolean mayBeUnfilled = value.isValueNode() && (MetaFields.OWN.contains(key) || TelegramPerson.KEYS.contains(key));
        return NodeText.says(value) && !(mayBeUnfilled && UNFILLED.matcher(value.asText()).matches());
    }
}
