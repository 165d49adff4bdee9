package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What forms call the fields of a lead, as {@code lead/names.yaml} says it. Every name in it stands as {@link FieldWords#key}.
 *
 * @param fields our field by name
 * @param types our field by a builder's type of a field
 * @param words words in a name that tell our field where the value looks like one, by our field
 * @param before words that say nothing before a name
 * @param after words that say nothing after one
 * @param lists names by what they are for: {@code wrappers}, {@code envelopes}, {@code others}, {@code labels}, {@code values}, {@code choices},
 *         {@code country}, {@code area}, {@code definitions}, {@code nameless}, {@code noise}, {@code context}; in the order of the file,
 *         those that end with {@code *} without it in {@code noise*}, {@code context*}
 * @param cart names of a cart's parts by what they are: {@code inside}, {@code total}, {@code items}, {@code item.name} …
 * @param tests connection tests
 */
record LeadNames(Map<String, String> fields, Map<String, String> types, Map<String, List<String>> words, Set<String> before, Set<String> after,
                 Map<String, List<String>> lists, Map<String, List<String>> cart, List<Test> tests) {

    /** A key that a builder has drawn. */
    private static final Pattern RANDOM = Pattern.compile("(?=[a-z]*\\d)(?=\\d*[a-z])[0-9a-z]{5,8}");

    /**
     * A post that only asks whether anybody is there.
     *
     * @param fields all its fields but noise, {@code *} for any value
     * @param answer what is answered; null for the usual
     */
    record Test(Map<String, String> fields, @Nullable String answer) {

        boolean is(ObjectNode request) {
            return fields.entrySet().stream().allMatch(field -> request.path(field.getKey()).isValueNode()
                    && ("*".equals(field.getValue()) || field.getValue().equals(request.get(field.getKey()).asText().strip())));
        }
    }

    /** @return our field of this name, exactly or without what says nothing around it */
    Optional<String> field(String name) {
        String inner = inner(name);
        String whole = fields.get(FieldWords.key(inner));
        if (whole != null) {
            return Optional.of(whole);
        }
        List<String> words = FieldWords.of(inner);
        return Optional.ofNullable(fields.get(String.join("", FieldWords.bare(words, Set.of(), after))))
                .or(() -> Optional.ofNullable(fields.get(String.join("", FieldWords.bare(words, before, after)))));
    }

    /** @return our field of a builder's type */
    Optional<String> fieldOfType(String type) {
        return Optional.ofNullable(type).map(FieldWords::key).map(types::get);
    }

    /** @return whether a word in the name tells that it may be our field */
    boolean hints(String name, String field) {
        List<String> hints = words.getOrDefault(field, List.of());
        for (String word : FieldWords.of(name)) {
            if (hints.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** @return whether the name tells nothing: {@code input_3}, {@code 1.3}, {@code form_text_2}, {@code pb6fv} */
    boolean isNameless(String name) {
        return FieldWords.of(inner(name)).stream()
                .allMatch(word -> FieldWords.isNumbered(word) || RANDOM.matcher(word).matches() || is("nameless", word));
    }

    /** @return whether the name is in a list of the table */
    boolean is(String list, String name) {
        String key = FieldWords.key(name);
        if (lists.getOrDefault(list, List.of()).contains(key)) {
            return true;
        }
        for (String beginning : lists.getOrDefault(list + "*", List.of())) {
            if (key.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** @return whether the name is a part of a cart */
    boolean isOfCart(String part, String name) {
        return cart.getOrDefault(part, List.of()).contains(FieldWords.key(name));
    }

    /** @return the connection test that this is */
    Optional<Test> test(ObjectNode request) {
        return request.size() > 8 ? Optional.empty() : tests.stream().filter(test -> test.is(request)).filter(test -> request.properties().stream()
                .allMatch(field -> test.fields().containsKey(field.getKey()) || is("noise", field.getKey()))).findFirst();
    }

    /** {@code form_fields[name]} as a key of JSON. */
    private String inner(String name) {
        int open = name.lastIndexOf('[');
        return open > 0 && name.endsWith("]") && is("wrappers", name.substring(0, name.indexOf('[')))
                ? name.substring(open + 1, name.length() - 1) : name;
    }
}
