package dev.amorelay.workshop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Every step is one that Camel has, with the parts it has: the schema of the Camel YAML DSL, which comes with Camel. */
class SchemaRule implements Rule {

    private static final String SCHEMA = "/schema/camelYamlDsl.json";
    /** Errors that name the very thing; the others say that none of some alternatives fits. */
    private static final List<String> PLAIN = List.of("additionalProperties", "type", "enum", "required", "maxProperties");

    private final JsonSchema schema = load();

    private static JsonSchema load() {
        try (InputStream stream = YamlRoutesBuilderLoader.class.getResourceAsStream(SCHEMA)) {
            // a word of later drafts, which Camel uses all the same
            JsonMetaSchema words = JsonMetaSchema.builder(JsonMetaSchema.getV4()).keyword(new NonValidationKeyword("deprecated")).build();
            // most of its thousand definitions are never asked for
            SchemaValidatorsConfig asNeeded = SchemaValidatorsConfig.builder().preloadJsonSchema(false).build();
            return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)).metaSchema(words)
                    .defaultMetaSchemaIri(words.getIri()).build().getSchema(Json.MAPPER.readTree(stream), asNeeded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        for (FlowFile file : flows.files()) {
            if (FlowFile.isKamelet(file.name())) {
                file.root().at("spec", "template").ifPresent(template -> check(template, true, findings));
            } else if (!file.root().items().isEmpty()) {
                check(file.root(), false, findings);
            }
        }
    }

    private void check(YamlNode root, boolean template, Consumer<Finding> findings) {
        Map<String, YamlNode> places = new HashMap<>();
        JsonNode tree = template
                ? Json.MAPPER.createArrayNode().add(Json.object().set("route", json(root, "/0/route", places)))
                : json(root, "", places);
        Map<String, ValidationMessage> worst = new LinkedHashMap<>();
        Set<ValidationMessage> messages = schema.validate(tree);
        messages.stream().filter(message -> !isConvertible(message)).sorted(Comparator.comparingInt(message -> rank(message))).forEach(message -> {
            String where = pointer(message);
            boolean deeperIsKnown = worst.keySet().stream().anyMatch(known -> known.startsWith(where));
            if (!deeperIsKnown || PLAIN.contains(message.getType()) && rank(message) == 0) {
                worst.putIfAbsent(where + (message.getProperty() == null ? "" : "/" + message.getProperty()), message);
            }
        });
        worst.forEach((where, message) -> {
            YamlNode place = place(where, places, root);
            findings.accept(place.finding(told(message)));
        });
    }

    /** Camel converts a text, and fills a placeholder in: "true" is as good as true. */
    private static boolean isConvertible(ValidationMessage message) {
        JsonNode value = message.getInstanceNode();
        return message.getType().equals("type") && value != null && value.isTextual() && value.asText().matches("true|false|-?\\d+|\\{\\{.*}}");
    }

    /** 0 = names the thing itself, 1 = one alternative of several, 2 = none of the alternatives. */
    private static int rank(ValidationMessage message) {
        boolean alternative = message.getEvaluationPath().toString().matches(".*/(oneOf|anyOf|not)/.*");
        boolean plain = PLAIN.contains(message.getType());
        return plain && (!alternative || message.getType().equals("additionalProperties")) ? 0 : plain ? 2 : 1;
    }

    private static String told(ValidationMessage message) {
        String name = message.getProperty();
        return switch (message.getType()) {
            case "additionalProperties" -> "'" + name + "' does not belong here: correct the name, or its indent";
            case "required" -> "'" + name + "' is missing here: add it";
            case "maxProperties" -> "more than one step in one list item: begin each step with a dash of its own";
            case "enum", "type" -> message.getMessage().replaceFirst("^\\S+: ", "wrong value: ") + ": correct it";
            default -> "these parts do not fit together here: give exactly one expression (simple, constant, method, …), and only parts that the step has";
        };
    }

    private static String pointer(ValidationMessage message) {
        // networknt writes $[0].route.from; a pointer is the same with slashes
        return message.getInstanceLocation().toString().replaceFirst("^\\$", "").replaceAll("\\['([^']*)']", "/$1")
                .replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
    }

    private static YamlNode place(String pointer, Map<String, YamlNode> places, YamlNode root) {
        String here = pointer;
        while (!here.isEmpty() && !places.containsKey(here)) {
            here = here.substring(0, here.lastIndexOf('/'));
        }
        return places.getOrDefault(here, root);
    }

    /** The tree as JSON; each entry's place is that of its name, so that an editor jumps to what is misspelt. */
    private static JsonNode json(YamlNode node, String pointer, Map<String, YamlNode> places) {
        places.putIfAbsent(pointer, node);
        if (node.isMap()) {
            ObjectNode map = Json.object();
            node.entries().forEach(entry -> {
                String inner = pointer + "/" + entry.name().replace('.', '/');
                places.put(inner, entry.key());
                map.set(entry.name(), json(entry.value(), inner, places));
            });
            return map;
        }
        if (node.isText()) {
            return scalar((ScalarNode) node.node());
        }
        ArrayNode list = Json.MAPPER.createArrayNode();
        List<YamlNode> items = node.items();
        for (int i = 0; i < items.size(); i++) {
            list.add(json(items.get(i), pointer + "/" + i, places));
        }
        return list;
    }

    private static JsonNode scalar(ScalarNode node) {
        JsonNodeFactory factory = Json.MAPPER.getNodeFactory();
        String value = node.getValue();
        if (node.getTag().equals(Tag.INT)) {
            return factory.numberNode(new BigInteger(value));
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return factory.booleanNode(Boolean.parseBoolean(value));
        }
        return node.getTag().equals(Tag.NULL) ? factory.nullNode() : factory.textNode(value);
    }
}
