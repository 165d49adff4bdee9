package dev.amorelay.sandbox.crm;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A query string as PHP reads it: {@code filter[id][]}, {@code filter[id][0]} and {@code filter[id]}, ranges, pages. */
public final class Query {

    /** The most that a page holds (facts §2). */
    public static final int MAX_LIMIT = 250;
    private static final int DEFAULT_LIMIT = 50;

    private final Map<String, String[]> parameters;

    /** @param parameters decoded names and all their values */
    public Query(Map<String, String[]> parameters) {
        this.parameters = parameters;
    }

    static Query of(HttpServletRequest request) {
        return new Query(request.getParameterMap());
    }

    /** @return all values of an array parameter; of a plain one the last (PHP keeps no other); split at commas */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        parameters.forEach((key, values) -> {
            if (key.equals(name)) {
                texts.addAll(Arrays.asList(values[values.length - 1].split(",")));
            } else if (key.startsWith(name + "[") && key.substring(name.length()).matches("\\[\\d*]")) {
                texts.addAll(Arrays.asList(values));
            }
        });
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).distinct().toList();
    }

    /** @return the numbers of {@link #texts}; 400 for what is none */
    public List<Long> numbers(String name) {
        return texts(name).stream().map(Query::number).toList();
    }

    /** @return whether the parameter is there in any form */
    public boolean has(String name) {
        return parameters.keySet().stream().anyMatch(key -> key.equals(name) || key.startsWith(name + "["));
    }

    /** @return the last value of a parameter */
    public Optional<String> text(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? Optional.empty() : Optional.of(values[values.length - 1]);
    }

    /** @return {@code name[bound]} in unix seconds, or the plain parameter as both bounds; null = no bound */
    public @Nullable Long bound(String name, String bound) {
        return Stream.of(name + "[" + bound + "]", name).map(this::text).flatMap(Optional::stream)
                .findFirst().map(Query::number).orElse(null);
    }

    /** @return the page wanted, from 1 */
    public int page() {
        return (int) Math.min(1_000_000, Math.max(1, text("page").map(Query::number).orElse(1L)));
    }

    /** @return how many a page holds, 50 unless told otherwise, at most 250 */
    public int limit() {
        return (int) Math.min(MAX_LIMIT, Math.max(1, text("limit").map(Query::number).orElse((long) DEFAULT_LIMIT)));
    }

    /** @return how many items the pages before hold */
    public long offset() {
        return (long) (page() - 1) * limit();
    }

    /** @return the words of {@code with=a,b} */
    public List<String> with() {
        return texts("with");
    }

    /** @return an SQL order from {@code order[id|created_at|updated_at]=asc|desc} */
    public String order() {
        for (String column : List.of("updated_at", "created_at", "id")) {
            Optional<String> direction = text("order[" + column + "]");
            if (direction.isPresent()) {
                String way = direction.get().equalsIgnoreCase("desc") ? " DESC" : " ASC";
                return (column.equals("id") ? "id" : "(doc ->> '" + column + "')::bigint") + way + ", id" + way;
            }
        }
        return "id";
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw CrmProblem.badRequest("Query parameter is not a number");
        }
    }
}
