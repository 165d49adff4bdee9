package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.amorelay.json.Json;
import dev.amorelay.phone.Phones;
import dev.amorelay.phone.TypedPhone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Fields that come as a label and a value beside each other, and the questions that stand elsewhere, by the names of a table. */
final class FormPairs {

    private static final int DEEPEST = 10;
    private static final int WIDEST_PAIR = 20;
    private static final List<String> NAME_PARTS = List.of("name", "first_name", "middle_name", "last_name");

    private final LeadNames names;
    private final Map<String, String> questions = new HashMap<>();

    FormPairs(LeadNames names) {
        this.names = names;
    }

    /** Learns the questions that answers name by an id: {@code definition: {fields: [{id: f1, title: Телефон}]}}. */
    void learn(ObjectNode object) {
        object.properties().stream().filter(part -> names.is("definitions", part.getKey())).forEach(part -> questions(part.getValue(), 0));
    }

    private void questions(JsonNode node, int depth) {
        if (depth > DEEPEST || !node.isContainerNode()) {
            return;
        }
        List<String> labels = node.isObject() ? labels(node).filter(label -> !label.isBlank()).toList() : List.of();
        labels.stream().skip(1).forEach(id -> questions.putIfAbsent(id, labels.get(0)));
        node.forEach(part -> questions(part, depth + 1));
    }

    /** Label and value of one field in an object of its own, not to be taken for an item of a cart, nor for a person with a phone. */
    boolean isPair(JsonNode node) {
        if (!node.isObject() || node.isEmpty() || node.size() > WIDEST_PAIR || !isLabelled(node)) {
            return false;
        }
        String typed = typed(node).orElse(null);
        return (typed != null || keys(node).anyMatch(key -> names.is("values", key)))
                && keys(node).noneMatch(key -> isReach(key) && !key.equals(typed) && !names.is("values", key) && !names.is("labels", key))
                && keys(node).noneMatch(key -> names.isOfCart("item.price", key) || names.isOfCart("item.quantity", key));
    }

    private boolean isReach(String key) {
        return names.field(key).filter(field -> field.equals("phone") || field.equals("email")).isPresent();
    }

    /** Where the value stands under the name of its type: {@code {type: phone_number, phone_number: +7…}}. */
    private Optional<String> typed(JsonNode pair) {
        return Optional.ofNullable(pair.path("type").textValue())
                .filter(type -> !"type".equals(type) && pair.has(type) && !plain(pair.get(type)).isObject());
    }

    /** Reads a pair; labels and the key that it stands under may name the field, and so may its type. */
    Optional<SaidField> read(String path, String key, ObjectNode pair) {
        List<String> labels = Stream.concat(labels(pair), Stream.of(key)).filter(label -> !label.isBlank())
                .flatMap(label -> Stream.of(questions.getOrDefault(label, label), label).distinct())
                .toList();
        String shown = labels.get(0).strip().matches("\\d+") && !key.isBlank() ? key : labels.get(0);
        JsonNode value = Stream.concat(named(pair, "values"), typed(pair).stream()).map(pair::get).filter(NodeText::says).findFirst()
                .map(said -> chosen(pair, plain(said))).orElse(TextNode.valueOf(""));
        Optional<String> field = labels.stream().map(names::field).flatMap(Optional::stream).filter(name -> !"items".equals(name)).findFirst()
                .or(() -> types(pair).map(names::fieldOfType).flatMap(Optional::stream).findFirst());
        Optional<String> parts = value.isObject() ? field.flatMap(name -> ofPerson(name, value)) : Optional.empty();
        JsonNode said = parts.<JsonNode>map(TextNode::valueOf).orElse(value);
        return NodeText.says(value) ? Optional.of(new SaidField(shown, path, field.orElse(null), false, said)) : Optional.empty();
    }

    /** What a field is says more than what its answer is: {@code {type: text, field: {type: long_text}}}. */
    private static Stream<String> types(JsonNode pair) {
        return Stream.concat(StreamSupport.stream(pair.spliterator(), false).map(part -> part.path("type")), Stream.of(pair.path("type")))
                .map(JsonNode::textValue).filter(Objects::nonNull);
    }

    /** The value of an object that says nothing else: {@code {value: +7…, enum_code: WORK}}, {@code {id: c1, label: Токарный}}. */
    private JsonNode plain(JsonNode value) {
        if (value.isArray() && value.size() > 0 && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isObject)) {
            ArrayNode list = Json.array();
            value.forEach(one -> list.add(plain(one)));
            return StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isValueNode) ? list : value;
        }
        return !value.isObject() || !isBare(value) ? value : Stream.concat(named(value, "values"), named(value, "labels")).map(value::get)
                .filter(one -> NodeText.says(one) && (one.isValueNode() || isFlat(one))).findFirst().orElse(value);
    }

    private boolean isBare(JsonNode object) {
        return keys(object).allMatch(key -> names.is("values", key) || names.is("labels", key) || names.is("noise", key));
    }

    private static boolean isFlat(JsonNode list) {
        return list.isArray() && StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isValueNode);
    }

    /** What stands for a choice is its id, where the choices stand beside it: {@code {value: [c1], options: [{id: c1, text: Токарный}]}}. */
    private JsonNode chosen(JsonNode pair, JsonNode value) {
        Map<String, String> choices = named(pair, "choices").flatMap(key -> StreamSupport.stream(pair.get(key).spliterator(), false))
                .filter(choice -> choice.path("id").isValueNode() && choice.isObject())
                .flatMap(choice -> Stream.concat(Stream.of("text"), named(choice, "labels")).map(choice::path).filter(JsonNode::isTextual).limit(1)
                        .map(text -> Map.entry(choice.get("id").asText(), text.textValue())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
        if (choices.isEmpty() || !value.isArray() && !value.isValueNode()) {
            return value;
        }
        ArrayNode texts = Json.array();
        (value.isArray() ? value : Json.array().add(value)).forEach(one ->
                texts.add(one.isValueNode() ? TextNode.valueOf(choices.getOrDefault(one.asText(), one.asText())) : one));
        return texts;
    }

    /** A number names a field only where nothing but its value stands beside it. */
    private boolean isLabelled(JsonNode pair) {
        return labels(pair).anyMatch(label -> !label.isBlank())
                && (isBare(pair) || named(pair, "labels").map(pair::get).anyMatch(label -> !label.isNumber()));
    }

    private Stream<String> labels(JsonNode pair) {
        return named(pair, "labels").map(pair::path).flatMap(label -> label.isObject() ? texts(label) : Stream.of(label))
                .filter(label -> label.isTextual() || label.isIntegralNumber()).map(JsonNode::asText);
    }

    /** A label may say more of itself: {@code question: {slug: …, label: {ru: Телефон}}}. */
    private Stream<JsonNode> texts(JsonNode label) {
        return named(label, "labels").map(label::get)
                .flatMap(text -> text.isObject() ? StreamSupport.stream(text.spliterator(), false) : Stream.of(text));
    }

    /** A name in parts, a phone with its country beside it. */
    Optional<String> ofPerson(String field, JsonNode parts) {
        if ("name".equals(field)) {
            String name = NAME_PARTS.stream().flatMap(part -> keys(parts).filter(key -> names.field(key).filter(part::equals).isPresent()).limit(1))
                    .map(key -> NodeText.of(parts.get(key))).filter(Objects::nonNull).collect(Collectors.joining(" "));
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }
        Optional<String> main = keys(parts).filter(key -> names.is("values", key) || names.field(key).filter(field::equals).isPresent())
                .map(key -> parts.get(key)).filter(JsonNode::isValueNode).map(NodeText::of).filter(Objects::nonNull).findFirst();
        return "phone".equals(field) ? main.map(number -> whole(number, parts)) : main;
    }

    /** A number with its country and area, where they make one with it. */
    private String whole(String number, JsonNode parts) {
        String country = digits(parts, "country");
        String local = (digits(parts, "area") + " " + number).strip();
        String whole = country.isEmpty() ? local : "+" + country + " " + local;
        boolean isOne = !number.strip().startsWith("+") && Phones.first(whole).filter(TypedPhone::inPlan).isPresent();
        return isOne ? whole : number;
    }

    private String digits(JsonNode parts, String list) {
        return named(parts, list).map(key -> NodeText.of(parts.get(key))).filter(Objects::nonNull).map(text -> text.replaceAll("[+\\s()]", ""))
                .filter(text -> text.matches("\\d{1,6}")).findFirst().orElse("");
    }

    /** @return what else an object tells that a person's name, phone or e-mail was taken from */
    ObjectNode beside(String field, JsonNode parts) {
        ObjectNode left = Json.object();
        parts.properties().stream().filter(part -> NodeText.says(part.getValue()) && names.field(part.getKey()).filter(one -> one.equals(field)
                        || NAME_PARTS.contains(one)).isEmpty() && !"type".equals(part.getKey())
                        && Stream.of("values", "labels", "noise", "country", "area").noneMatch(list -> names.is(list, part.getKey())))
                .forEach(part -> left.set(part.getKey(), part.getValue()));
        return left;
    }

    /** The keys of an object that a list of the table names, in the order of the table. */
    private Stream<String> named(JsonNode object, String list) {
        return names.lists().getOrDefault(list, List.of()).stream().flatMap(name -> keys(object).filter(key -> name.equals(FieldWords.key(key))));
    }

    static Stream<String> keys(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false);
    }
}
