package dev.amorelay.leads;

/**
 * What a form can show beside one of its fields.
 *
 * @param field the field's name as sent, or {@code body} for the request as a whole
 * @param message a Russian sentence for the person; holds nothing of what was typed
 */
public record FieldProblem(String field, String message) {
}
