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
    private static final int WIDEST_PAIR = 20;
    private static final Set<String> OF_A_PERSON = Set.of("name", "phone", "email");
    private static final List<String> NAME_PARTS = List.of("name", "first_name", "middle_name", "last_name");

    private final LeadNames names;
    private final List<SaidField> said = new ArrayList<>();
    private final ObjectNode cart = Json.object();
    private final ObjectNode rest = Json.object();

    FormWalk(LeadNames names) {
        this.names = names;
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

    /** A field of the lead's own name, which a builder may fill with parts. */
    void own(String key, JsonNode value) {
        boolean parts = value.isObject() && OF_A_PERSON.contains(key);
        said.add(new SaidField(key, key, key, true, parts ? ofPerson(key, value).<JsonNode>map(TextNode::valueOf).orElse(value) : value));
    }

    /** Any other field of the request. */
    void other(String key, JsonNode value) {
        read(key, key, value, true, 0);
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
        Optional<String> ofPerson = person && field != null ? ofPerson(field, value) : Optional.empty();
        Optional<JsonNode> only = only(value);
        if (only.isPresent()) {
            read(path, key, only.get(), person, depth + 1);
        } else if (isPair(value)) {
            pair(path, key, value);
        } else if (ofPerson.isPresent()) {
            said.add(new SaidField(key, path, field, false, TextNode.valueOf(ofPerson.get())));
        } else if (names.isOfCart("inside", key)) {
            order(path, value, depth);
        } else if (names.is("wrappers", key) || names.is("envelopes", key)) {
            boolean inside = names.is("wrappers", key);
            value.properties().forEach(part -> read(path + "." + part.getKey(), part.getKey(), part.getValue(), inside, depth + 1));
        } else if (all(value, this::isPair)) {
            value.properties().forEach(part -> pair(path + "." + part.getKey(), part.getKey(), (ObjectNode) part.getValue()));
        } else if (isItems(key, value)) {
            CartFields.items(value, names).ifPresent(items -> put("items", items));
        } else {
            rest.set(path, value);
        }
    }

    /** The value of an object that says nothing else: {@code firstname: {value: Вера}}; a letter is an answer only beside its question. */
    private Optional<JsonNode> only(ObjectNode value) {
        String key = value.size() == 1 ? value.fieldNames().next() : "";
        return key.length() > 1 && names.is("values", key) ? Optional.of(value.elements().next()).filter(JsonNode::isValueNode) : Optional.empty();
    }

    private void list(String path, String key, JsonNode value, boolean person, int depth) {
        String field = names.field(key).filter(OF_A_PERSON::contains).orElse(null);
        if (all(value, this::isPair)) {
            int index = 0;
            for (JsonNode pair : value) {
                pair(path + "." + index++, field == null ? "" : key, (ObjectNode) pair);
            }
        } else if (isItems(key, value)) {
            CartFields.items(value, names).ifPresent(items -> put("items", items));
        } else if (names.is("wrappers", key) || names.is("envelopes", key) || field != null) {
            int index = 0;
            for (JsonNode one : value) {
                Optional<String> part = field != null && one.isObject() && isOnly(field, one) ? ofPerson(field, one) : Optional.empty();
                if (part.isPresent()) {
                    said.add(new SaidField(key, path + "." + index, field, false, TextNode.valueOf(part.get())));
                } else if (one.isObject() && !isPair(one)) {
                    ObjectNode fields = (ObjectNode) one;
                    String at = path + "." + index;
                    fields.properties().forEach(inside -> read(at + "." + inside.getKey(), inside.getKey(), inside.getValue(), person, depth + 1));
                } else {
                    read(path + "." + index, key, one, person, depth + 1);
                }
                index++;
            }
        } else {
            rest.set(path, value);
        }
    }

    /** Whether an object of a list says nothing else of a person: {@code phone: [{value: +7…, value_type: WORK}]}. */
    private boolean isOnly(String field, JsonNode one) {
        return stream(one).map(names::field).flatMap(Optional::stream).noneMatch(other -> OF_A_PERSON.contains(other) && !other.equals(field));
    }

    private boolean isItems(String key, JsonNode value) {
        return names.field(key).filter("items"::equals).isPresent() && CartFields.areGoods(value, names);
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

    /** Label and value of one field in an object of its own, not to be taken for an item of a cart, nor for a person with a phone. */
    boolean isPair(JsonNode node) {
        return node.isObject() && !node.isEmpty() && node.size() <= WIDEST_PAIR && label(node).isPresent()
                && stream(node).anyMatch(key -> names.is("values", key))
                && stream(node).noneMatch(key -> isReach(key) && !names.is("values", key) && !names.is("labels", key))
                && stream(node).noneMatch(key -> names.isOfCart("item.price", key) || names.isOfCart("item.quantity", key));
    }

    private boolean isReach(String key) {
        return names.field(key).filter(field -> field.equals("phone") || field.equals("email")).isPresent();
    }

    /** Adds a pair; labels and the key that it stands under may name the field, and so may its type. */
    void pair(String path, String key, ObjectNode pair) {
        List<String> labels = Stream.concat(labels(pair), Stream.of(key)).filter(label -> !label.isBlank()).toList();
        String shown = labels.get(0).strip().matches("\\d+") && !key.isBlank() ? key : labels.get(0);
        JsonNode value = names.lists().getOrDefault("values", List.of()).stream().flatMap(name -> stream(pair).filter(one -> name.equals(FieldWords.key(one))))
                .map(pair::get).filter(one -> NodeText.says(one)).findFirst().orElse(TextNode.valueOf(""));
        Optional<String> field = labels.stream().map(names::field).flatMap(Optional::stream).filter(name -> !"items".equals(name)).findFirst()
                .or(() -> names.fieldOfType(pair.path("type").asText(null)));
        Optional<String> parts = value.isObject() ? field.flatMap(name -> ofPerson(name, value)) : Optional.empty();
        if (NodeText.says(value)) {
            said.add(new SaidField(shown, path, field.orElse(null), false, parts.<JsonNode>map(TextNode::valueOf).orElse(value)));
        }
    }

    private Optional<String> label(JsonNode pair) {
        return labels(pair).filter(label -> !label.isBlank()).findFirst();
    }

    private Stream<String> labels(JsonNode pair) {
        return names.lists().getOrDefault("labels", List.of()).stream().flatMap(name -> stream(pair).filter(key -> name.equals(FieldWords.key(key))))
                .map(pair::path).flatMap(label -> label.isObject() ? texts(label) : Stream.of(label))
                .filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** A label may say more of itself: {@code question: {slug: …, label: {ru: Телефон}}}. */
    private Stream<JsonNode> texts(JsonNode label) {
        return names.lists().getOrDefault("labels", List.of()).stream().flatMap(name -> stream(label).filter(key -> name.equals(FieldWords.key(key))))
                .map(label::get).flatMap(text -> text.isObject() ? StreamSupport.stream(text.spliterator(), false) : Stream.of(text));
    }

    /** A name in parts, a phone with its country beside it. */
    private Optional<String> ofPerson(String field, JsonNode parts) {
        if ("name".equals(field)) {
            String name = NAME_PARTS.stream().flatMap(part -> stream(parts).filter(key -> names.field(key).filter(part::equals).isPresent()).limit(1))
                    .map(key -> NodeText.of(parts.get(key))).filter(Objects::nonNull).collect(Collectors.joining(" "));
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }
        return stream(parts).filter(key -> names.is("values", key) || names.field(key).filter(field::equals).isPresent())
                .map(key -> parts.get(key)).filter(JsonNode::isValueNode).map(NodeText::of).filter(Objects::nonNull).findFirst();
    }

    /** The tree that a text holds, where one is to be expected there. */
    private JsonNode tree(String key, JsonNode value) {
        boolean expected = names.is("wrappers", key) || names.is("envelopes", key) || names.isOfCart("inside", key) || names.isOfCart("items", key)
                || names.field(key).filter("items"::equals).isPresent();
        return expected ? JsonBody.treeInside(value).orElse(value) : value;
    }

    private static Stream<String> stream(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false);
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> test) {
        return !list.isEmpty() && StreamSupport.stream(list.spliterator(), false).allMatch(test);
    }
}
