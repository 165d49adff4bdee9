package dev.amorelay.leads;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A stranger's JSON: limited in depth and number length, and one lead, whatever stands around it. */
final class JsonBody {

    /** A line break within a text is no JSON, and what templates make of a message of two lines. */
    private static final JsonFactory LIMITED = JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).maxNumberLength(500).build())
            .build();

    private static final String OTHERS = "other_leads";

    private JsonBody() {
    }

    /** @return the object; of two equal keys the last */
    static ObjectNode object(String text) {
        try (JsonParser parser = LIMITED.createParser(text)) {
            JsonNode root = Json.MAPPER.readTree(parser);
            if (root instanceof ObjectNode object) {
                return object;
            }
            if (root != null && root.isArray() && isOfPairs(root)) {
                // the fields of a form one by one, as jQuery's serializeArray gives them
                return Json.object().set("form_values", root);
            }
            if (root != null && root.isArray() && !root.isEmpty()) {
                return first(root);
            }
            if (root != null && root.isTextual() && root.textValue().stripLeading().startsWith("{")) {
                // written as JSON twice
                return object(root.textValue());
            }
            if (root != null && root.isTextual() && !root.textValue().isBlank()) {
                return Json.object().put("message", root.textValue());
            }
            throw LeadRejected.body("Тело запроса должно быть объектом JSON");
        } catch (StreamConstraintsException e) {
            throw LeadRejected.body("JSON слишком сложный: вложенность больше 100 или число длиннее 500 знаков");
        } catch (JsonProcessingException e) {
            throw LeadRejected.body("Тело запроса не является корректным JSON" + place(e.getLocation()));
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            // numbers like 100e2147483647 overflow inside BigDecimal
            throw LeadRejected.body("Тело запроса не является корректным JSON");
        }
    }

    /** Programs that work on lists send one of one. Of several the first is the lead; the others are not lost, a person reads them in its note. */
    private static ObjectNode first(JsonNode list) {
        if (!(list.get(0) instanceof ObjectNode one)) {
            return Json.object().set("list", list);
        }
        if (list.size() > 1) {
            ArrayNode others = one.putArray(OTHERS);
            list.forEach(other -> {
                if (other != one) {
                    others.add(other);
                }
            });
        }
        return one;
    }

    private static boolean isOfPairs(JsonNode list) {
        return !list.isEmpty() && StreamSupport.stream(list.spliterator(), false).allMatch(one -> one.isObject() && one.has("value")
                && Stream.of("name", "label", "title", "question", "key").anyMatch(one::has));
    }

    /** @return the object that a text holds, where it does and is not too much: forms send whole trees in one field */
    static Optional<ObjectNode> inside(JsonNode node) {
        if (node == null || !node.isTextual() || !node.textValue().stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(object(node.textValue())).filter(tree -> !FormRest.isTooMuch(tree));
        } catch (LeadRejected e) {
            return Optional.empty();
        }
    }

    /** @return the object or list that a text holds, where it does */
    static Optional<JsonNode> treeInside(JsonNode node) {
        if (node == null || !node.isTextual() || !node.textValue().stripLeading().startsWith("[")) {
            return inside(node).map(object -> object);
        }
        try (JsonParser parser = LIMITED.createParser(node.textValue())) {
            return Optional.<JsonNode>ofNullable(Json.MAPPER.readTree(parser)).filter(tree -> !FormRest.isTooMuch(tree));
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String place(JsonLocation at) {
        return at == null ? "" : " (строка " + at.getLineNr() + ", столбец " + at.getColumnNr() + ")";
    }
}
