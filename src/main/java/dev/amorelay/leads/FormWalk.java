package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Goes through what a form sent, however it is nested, and lists what was said in it. What is no field of a form stays as it is. */
final class FormWalk {

    private static final int DEEPEST = 10;
    private static final Set<String> OF_A_PERSON = Set.of("name", "phone", "email");

    private final LeadNames names;
    private final FormPairs pairs;
    private final List<SaidField> said = new ArrayList<>();
    private final ObjectNode cart = Json.object();
    private final ObjectNode rest = Json.object();
    /** Whether objects of unknown names are looked into. */
    private boolean everywhere;

    FormWalk(LeadNames names) {
        this.names = names;
        this.pairs = new FormPairs(names);
    }

    /** @return what was said, in the order of the form */
    List<SaidField> said() {
        return said;
    }

    /** @return {@code items} and {@code total}, as far as there are any */
    ObjectNode cart() {
        return cart;
    }

    /** @return what is no field of a form, by its place */
    ObjectNode rest() {
        return rest;
    }

    /** Learns the questions that answers name by an id. */
    void learn(ObjectNode object) {
        pairs.learn(object);
    }

    /** A field of the lead's own name, which a builder may fill with parts. */
    void own(String key, JsonNode value) {
        Optional<String> whole = value.isObject() && OF_A_PERSON.contains(key) ? pairs.ofPerson(key, value) : Optional.empty();
        whole.ifPresent(text -> beside(key, key, value));
        said.add(new SaidField(key, key, key, true, whole.<JsonNode>map(TextNode::valueOf).orElse(value)));
    }

    /** Any other field of the request. */
    void other(String key, JsonNode value) {
        read(key, key, value, true, 0);
    }

    /** Looks into what no name of the table tells to be the form's, but where others are told of. */
    void lookEverywhere() {
        everywhere = true;
        ObjectNode left = rest.deepCopy();
        rest.removeAll();
        left.properties().forEach(part -> {
            String path = part.getKey();
            read(path, path.substring(path.lastIndexOf('.') + 1), part.getValue(), false, 0);
        });
    }

    /** @param person whether a name that stands here is the person's; false inside an envelope, where it may be the form's */
    private void read(String path, String key, JsonNode given, boolean person, int depth) {
        JsonNode value = tree(key, given);
        if (depth > DEEPEST || !NodeText.says(value)) {
            rest.set(path, value);
        } else if (value.isObject()) {
            object(path, key, (ObjectNode) value, person, depth);
        } else if (value.isArray() && !all(value, JsonNode::isValueNode)) {
            list(path, key, value, person, depth);
        } else {
            Optional<String> field = names.field(key).filter(name -> person || !"name".equals(name)).filter(name -> !"items".equals(name));
            said.add(new SaidField(key, path, field.orElse(null), false, value));
        }
    }

    private void object(String path, String key, ObjectNode value, boolean person, int depth) {
        String field = names.field(key).filter(OF_A_PERSON::contains).orElse(null);
        Optional<String> ofPerson = person && field != null ? pairs.ofPerson(field, value) : Optional.empty();
        Optional<JsonNode> only = only(value);
        if (only.isPresent()) {
            read(path, key, only.get(), person, depth + 1);
        } else if (pairs.isPair(value)) {
            pair(path, key, value);
        } else if (ofPerson.isPresent()) {
            said.add(new SaidField(key, path, field, false, TextNode.valueOf(ofPerson.get())));
            beside(path, field, value);
        } else if (names.isOfCart("inside", key) && !isItems(key, value)) {
            order(path, value, depth);
        } else if (isWrapper(key)) {
            pairs.learn(value);
            boolean inside = names.is("wrappers", key) || isReached(value);
            value.properties().forEach(part -> read(path + "." + part.getKey(), part.getKey(), part.getValue(), inside, depth + 1));
        } else if (all(value, pairs::isPair)) {
            value.properties().forEach(part -> pair(path + "." + part.getKey(), part.getKey(), part.getValue()));
        } else if (isItems(key, value)) {
            CartFields.items(value, names).ifPresent(items -> put("items", items));
        } else {
            rest.set(path, value);
        }
    }

    /** The value of an object that says nothing else: {@code firstname: {value: Вера}}, {@code {913445: +7…}}; not {@code {a: …}}. */
    private Optional<JsonNode> only(ObjectNode value) {
        String key = value.size() == 1 ? value.fieldNames().next() : "";
        boolean tells = key.length() > 1 && (names.is("values", key) || key.chars().allMatch(Character::isDigit));
        return tells ? Optional.of(value.elements().next()).filter(JsonNode::isValueNode) : Optional.empty();
    }

    private void list(String path, String key, JsonNode value, boolean person, int depth) {
        String field = names.field(key).filter(OF_A_PERSON::contains).orElse(null);
        if (all(value, pairs::isPair)) {
            int index = 0;
            for (JsonNode pair : value) {
                pair(path + "." + index++, field == null ? "" : key, pair);
            }
        } else if (isItems(key, value)) {
            CartFields.items(value, names).ifPresent(items -> put("items", items));
        } else if (all(value, FormWalk::isRow)) {
            value.forEach(row -> other(row.get(0).asText(), row.get(1)));
        } else if (isWrapper(key) || field != null) {
            int index = 0;
            boolean wrapped = names.is("wrappers", key);
            for (JsonNode one : value) {
                Optional<String> part = field != null && one.isObject() && isOnly(field, one) ? pairs.ofPerson(field, one) : Optional.empty();
                if (part.isPresent()) {
                    said.add(new SaidField(key, path + "." + index, field, false, TextNode.valueOf(part.get())));
                    beside(path + "." + index, field, one);
                } else if (one.isObject() && !pairs.isPair(one)) {
                    ObjectNode fields = (ObjectNode) one;
                    String at = path + "." + index;
                    pairs.learn(fields);
                    boolean whose = person && !names.is("envelopes", key) || wrapped || isReached(fields);
                    fields.properties().forEach(inside -> read(at + "." + inside.getKey(), inside.getKey(), inside.getValue(), whose, depth + 1));
                } else {
                    read(path + "." + index, key, one, person, depth + 1);
                }
                index++;
            }
        } else {
            rest.set(path, value);
        }
    }

    private boolean isWrapper(String key) {
        return names.is("wrappers", key) || names.is("envelopes", key) || everywhere && !names.is("others", key) && !names.is("definitions", key);
    }

    /** A field as a list of its name and its value. */
    private static boolean isRow(JsonNode row) {
        return row.isArray() && row.size() == 2 && row.get(0).isTextual() && !row.get(0).asText().isBlank() && row.get(1).isValueNode();
    }

    /** Whether an object of a list says nothing else of a person: {@code phone: [{value: +7…, value_type: WORK}]}. */
    private boolean isOnly(String field, JsonNode one) {
        return FormPairs.keys(one).map(names::field).flatMap(Optional::stream)
                .noneMatch(other -> OF_A_PERSON.contains(other) && !other.equals(field));
    }

    /** Whoever is named beside a phone or an e-mail is the one who is reached by it. */
    private boolean isReached(ObjectNode fields) {
        return FormPairs.keys(fields).anyMatch(key -> names.field(key).filter(field -> field.equals("phone") || field.equals("email")).isPresent()
                && NodeText.says(fields.get(key)));
    }

    private boolean isItems(String key, JsonNode value) {
        return (names.isOfCart("inside", key) || names.field(key).filter("items"::equals).isPresent()) && CartFields.areGoods(value, names);
    }

    /** An order: sum and goods go into the cart, the client's data are the lead's, the rest stays together. */
    private void order(String path, ObjectNode order, int depth) {
        ObjectNode left = Json.object();
        order.properties().forEach(part -> {
            String key = part.getKey();
            JsonNode value = tree(key, part.getValue());
            String field = names.field(key).orElse("");
            boolean goods = "items".equals(field) || names.isOfCart("items", key);
            boolean sum = "total".equals(field) || names.isOfCart("total", key);
            if (goods && !cart.has("items") && CartFields.items(value, names).isPresent()) {
                put("items", CartFields.items(value, names).get());
            } else if (sum && !cart.has("total") && NodeText.of(value) != null) {
                put("total", value);
            } else if (value.isObject() && names.is("wrappers", key)
                    || value.isValueNode() && Set.of("phone", "email", "first_name", "last_name", "message").contains(field)) {
                read(path + "." + key, key, value, true, depth + 1);
            } else {
                left.set(key, value);
            }
        });
        if (!left.isEmpty()) {
            rest.set(path, left);
        }
    }

    private void put(String part, JsonNode value) {
        if (!cart.has(part)) {
            cart.set(part, value);
        }
    }

    private void beside(String path, String field, JsonNode parts) {
        pairs.beside(field, parts).properties().forEach(part -> rest.set(path + "." + part.getKey(), part.getValue()));
    }

    private void pair(String path, String key, JsonNode pair) {
        pairs.read(path, key, (ObjectNode) pair).ifPresent(said::add);
    }

    /** The tree that a text holds, where one is to be expected there. */
    private JsonNode tree(String key, JsonNode value) {
        boolean expected = names.is("wrappers", key) || names.is("envelopes", key) || names.isOfCart("inside", key) || names.isOfCart("items", key)
                || names.field(key).filter("items"::equals).isPresent();
        return expected ? JsonBody.treeInside(value).orElse(value) : value;
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> test) {
        return !list.isEmpty() && StreamSupport.stream(list.spliterator(), false).allMatch(test);
    }
}
