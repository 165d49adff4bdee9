package dev.amorelay.amocrm;

/**
 * A custom field of a deal or a contact, as {@code deal/fields.yaml} names it.
 *
 * @param name our name
 * @param id amoCRM's id; null where the account has no such field
 * @param code amoCRM's code of a field of contacts, for example {@code POSITION}; null for none
 * @param form the field of a form that fills it; null for none
 * @param lead the lead's own part that fills it: {@code id}, {@code source}, {@code name}, {@code phone}, {@code email}, {@code message},
 *     {@code telegram_id}, {@code price}; null for none
 * @param type what it holds
 */
public record CrmField(String name, Long id, String code, String form, String lead, Type type) {

    /** What a field holds. */
    public enum Type {
        /** A text, at most 256 characters: a longer one stands in the note of the form alone. */
        TEXT,
        /** Texts with commas between them, of which none is cut. */
        LIST,
        /** A day. */
        DATE,
        /** A number. */
        NUMBER,
        /** Yes or no. */
        FLAG
    }

    /** @return whether the account has it */
    public boolean isThere() {
        return id != null || code != null;
    }
}
