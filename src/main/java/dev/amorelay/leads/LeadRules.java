package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.contract.Contract;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the contract says about a lead's own fields: how long they may be, of which shape, and what an empty form is told. Read once,
 * at the start; a request costs a look into a map. What the schema cannot say (is a phone in some country's numbering plan?) is
 * the door's own, and {@code LeadContractTest} sees that both agree.
 */
final class LeadRules {

    /** The schema of the document that is served. */
    static final LeadRules CONTRACT = new LeadRules(Contract.schema("Lead"));

    private final Map<String, Field> fields = new HashMap<>();
    private final FieldProblem nothing;

    private record Field(String title, Integer longest, Pattern shape) {
    }

    LeadRules(JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode rule = property.getValue();
            fields.put(property.getKey(), new Field(text(rule, "title"), rule.has("maxLength") ? rule.get("maxLength").asInt() : null,
                    rule.has("pattern") ? Pattern.compile(rule.get("pattern").asText()) : null));
        });
        this.nothing = new FieldProblem(needed("the lead", "x-refusal-field", text(schema, "x-refusal-field")),
                needed("the lead", "x-refusal", text(schema, "x-refusal")));
    }

    /** @return after how many characters a field is cut */
    int longest(String field) {
        return needed(field, "maxLength", of(field).longest());
    }

    /** @return what people call a field, Russian */
    String title(String field) {
        return needed(field, "title", of(field).title());
    }

    /** @return whether a text has the field's length and shape; the contract's patterns are for the whole of a text */
    boolean fits(String field, String text) {
        return text.length() <= longest(field) && needed(field, "pattern", of(field).shape()).matcher(text).matches();
    }

    /** @return what a form is told where nothing was said */
    FieldProblem nothing() {
        return nothing;
    }

    private Field of(String field) {
        return needed(field, "schema", fields.get(field));
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).isTextual() ? node.path(key).asText() : null;
    }

    private static <T> T needed(String field, String what, T rule) {
        return Optional.ofNullable(rule).orElseThrow(() -> new IllegalStateException(Contract.FILE + ": no " + what + " of " + field));
    }
}
