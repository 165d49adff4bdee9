package dev.amorelay.editors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of Camel's YAML in its canonical form, the only one that visual editors write: no texts in the place of objects, and
 * expressions under {@code expression}. Camel has it as a file from 4.19 on; until then it is made of the schema that allows both.
 */
final class CamelSchema {

    private static final String FILE = "/schema/camelYamlDsl.json";
    private static final String EXPRESSION = "org.apache.camel.model.language.ExpressionDefinition";

    private CamelSchema() {
    }

    /** The schema as Camel ships it. */
    static ObjectNode classic() {
        try (InputStream file = CamelSchema.class.getResourceAsStream(FILE)) {
            return (ObjectNode) Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode canonical() {
        ObjectNode schema = classic();
        definitions(schema).forEach(CamelSchema::makeCanonical);
        // a route stands under its own key, as an editor writes it
        ((ObjectNode) schema.path("items").path("properties")).remove("from");
        return schema;
    }

    static JsonNode definitions(JsonNode schema) {
        return schema.path("items").path("definitions");
    }

    private static void makeCanonical(JsonNode definition) {
        ObjectNode shape = (ObjectNode) definition;
        JsonNode either = shape.remove("oneOf");
        if (either != null) {
            for (JsonNode one : either) {
                if (one.path("type").asText().equals("object")) {
                    one.fields().forEachRemaining(part -> shape.set(part.getKey(), part.getValue()));
                }
            }
        }
        JsonNode some = shape.remove("anyOf");
        if (some != null) {
            some.forEach(group -> group.path("oneOf").forEach(way -> takeOver(shape, way)));
        }
    }

    /** One of the ways in which a definition can be written: its keys are allowed, what stands for them is not. */
    private static void takeOver(ObjectNode shape, JsonNode way) {
        ObjectNode properties = shape.withObject("/properties");
        way.path("properties").fields().forEachRemaining(one -> properties.set(one.getKey(), one.getValue()));
        if (way.path("$ref").asText().endsWith(EXPRESSION)) {
            List<String> languages = new ArrayList<>();
            properties.fields().forEachRemaining(one -> {
                if (one.getValue().isEmpty() && !one.getKey().equals("expression")) {
                    languages.add(one.getKey());
                }
            });
            properties.remove(languages);
            ArrayNode required = shape.withArray("required");
            required.add("expression");
        }
    }
}
