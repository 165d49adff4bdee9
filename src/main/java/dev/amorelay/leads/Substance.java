package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Whether a post is a lead although it names no way to reach anybody and no message. A form is sent by a machine that reads no
 * refusal: whatever is filled in it counts. JSON in our own words comes from a page that shows a refusal to its person, who can
 * correct it; with anything else in it, it is some builder's.
 *
 * @param names what is noise, and what only machines add
 */
record Substance(LeadNames names) {

    private static final Set<String> OURS = Set.of("source", "name", "phone", "email", "message", "meta", "total", "price");

    static Substance of(LeadNames names) {
        return new Substance(names);
    }

    boolean isIn(PostedForm post) {
        return switch (post.kind()) {
            case FORM -> post.request().properties().stream().anyMatch(field -> !"source".equals(field.getKey())
                    && !names.is("noise", field.getKey()) && NodeText.says(field.getValue()));
            case JSON -> saysMore(post.request()) || post.request().get("meta") instanceof ObjectNode meta && saysMore(meta);
            case PERHAPS_A_FORM -> post.request().properties().stream()
                    .anyMatch(field -> names.field(field.getKey()).isPresent() && NodeText.says(field.getValue()));
        };
    }

    private boolean saysMore(JsonNode fields) {
        return fields.properties().stream().anyMatch(field -> !OURS.contains(field.getKey()) && !TelegramPerson.KEYS.contains(field.getKey())
                && !names.is("noise", field.getKey()) && !names.is("context", field.getKey()) && NodeText.says(field.getValue()));
    }
}
