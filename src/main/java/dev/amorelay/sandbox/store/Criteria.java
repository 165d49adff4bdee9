package dev.amorelay.sandbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Conditions of a search over documents, joined by AND. Attribute names come from our code, never from a caller. */
public final class Criteria {

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    /** Keeps documents with one of these ids; an empty collection keeps none. */
    public Criteria ids(Collection<Long> ids) {
        return and("id = ANY(?)", (Object) ids.toArray(new Long[0]));
    }

    /** Keeps documents whose attribute holds one of these numbers. */
    public Criteria oneOf(String attribute, Collection<Long> numbers) {
        return and("(doc ->> '" + attribute + "')::bigint = ANY(?)", (Object) numbers.toArray(new Long[0]));
    }

    /** Keeps documents whose attribute is one of these texts. */
    public Criteria oneOfTexts(String attribute, Collection<String> texts) {
        return and("doc ->> '" + attribute + "' = ANY(?)", (Object) texts.toArray(new String[0]));
    }

    /** Keeps documents whose number is within the bounds, both included; null = no bound. */
    public Criteria between(String attribute, Long from, Long to) {
        if (from != null) {
            and("(doc ->> '" + attribute + "')::bigint >= ?", from);
        }
        return to == null ? this : and("(doc ->> '" + attribute + "')::bigint <= ?", to);
    }

    /** Keeps documents in whose name or field values the text occurs, in any case. */
    public Criteria text(String query) {
        return and("position(? in search) > 0", query.toLowerCase(Locale.ROOT));
    }

    /** Keeps documents that contain this piece, as {@code jsonb @>} understands it. */
    public Criteria containing(JsonNode piece) {
        return and("doc @> ?::jsonb", piece.toString());
    }

    private Criteria and(String condition, Object argument) {
        sql.append(" AND ").append(condition);
        arguments.add(argument);
        return this;
    }

    String sql() {
        return sql.toString();
    }

    List<Object> arguments() {
        return arguments;
    }
}
