package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.json.Json;

/**
 * What is wrong with one item of a request, told by position (facts §3.5).
 * {@link #at} gives a view on the same list with a longer path.
 */
public final class Violations {

    private final ArrayNode errors;
    private final String prefix;

    /** Nothing wrong so far. */
    public Violations() {
        this(Json.array(), "");
    }

    private Violations(ArrayNode errors, String prefix) {
        this.errors = errors;
        this.prefix = prefix;
    }

    /** @return the same list, for what lies under {@code path} */
    public Violations at(String path) {
        return new Violations(errors, prefix + path + ".");
    }

    /** An id or option that the account does not have. */
    public void notSupported(String path) {
        add("NotSupportedChoice", path, "The value you selected is not a valid choice.");
    }

    /** A value of another type; {@code type} is the wanted one, for example {@code int}. */
    public void wrongType(String path, String type) {
        add("InvalidType", path, "This value should be of type " + type + ".");
    }

    /** A key that does not belong here. */
    public void notExpected(String path) {
        add("FieldNotExpected", path, "This field was not expected.");
    }

    /** A key that must be there. */
    public void missing(String path) {
        add("FieldMissing", path, "This field is missing.");
    }

    /** An empty value where there must be one. */
    public void blank(String path) {
        add("NotBlank", path, "This value should not be blank.");
    }

    /** A text with more characters than {@code limit}. */
    public void tooLong(String path, int limit) {
        add("TooLong", path, "This value is too long. It should have " + limit + " characters or less.");
    }

    private void add(String code, String path, String detail) {
        String full = path.isEmpty() && !prefix.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + path;
        errors.addObject().put("code", code).put("path", full).put("detail", detail);
    }

    /** @return {@code [{code, path, detail}]}, empty when all is well */
    public ArrayNode errors() {
        return errors;
    }
}
