package dev.amorelay.workshop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the effects carry, as {@code shapes.yaml} in the folder of the flows has it: a JSON schema for the payload of each kind. Where the
 * folder has no such file, the one that came with the relay holds.
 */
public final class PayloadShapes {

    /** Its path below the folder. */
    static final String FILE = "shapes.yaml";
    private static final String SHIPPED = "/routes/" + FILE;
    /** A value that is known only when a message comes by. */
    static final String LATER = "${later}";

    private final JsonNode kinds;

    private PayloadShapes(JsonNode kinds) {
        this.kinds = kinds;
    }

    /**
     * Reads them.
     *
     * @param text of the folder's file; null where it has none
     * @return what is written in it; nothing where it cannot be read, which its own check tells
     */
    public static PayloadShapes of(String text) {
        try {
            JsonNode tree = Json.MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text == null ? shipped() : text));
            return new PayloadShapes(tree.isObject() ? tree : Json.object());
        } catch (YAMLException | IllegalArgumentException e) {
            return new PayloadShapes(Json.object());
        }
    }

    private static String shipped() {
        try (InputStream in = PayloadShapes.class.getResourceAsStream(SHIPPED)) {
            return in == null ? "{}" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the kinds whose payload has a written shape */
    public Set<String> kinds() {
        Set<String> names = new TreeSet<>();
        kinds.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * @param kind of an effect
     * @return the JSON schema of its payload; empty where none is written
     */
    public Optional<JsonNode> schema(String kind) {
        return Optional.ofNullable(kinds.get(kind));
    }

    /** @return what is known of a kind's payload before it is there */
    Optional<Shape> shape(String kind) {
        return schema(kind).map(schema -> shape("the payload of " + kind, schema));
    }

    static Shape shape(String name, JsonNode schema) {
        Map<String, Shape> keys = new TreeMap<>();
        schema.path("properties").fields().forEachRemaining(one -> keys.put(one.getKey(), value(one.getKey(), one.getValue())));
        return Shape.map(name, isOpen(schema) ? Map.of() : keys);
    }

    private static Shape value(String name, JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" -> Shape.TEXT;
            case "integer", "number" -> Shape.of(Number.class);
            case "boolean" -> Shape.of(Boolean.class);
            case "object" -> shape("the map " + name, schema);
            default -> Shape.UNKNOWN;
        };
    }

    private static boolean isOpen(JsonNode schema) {
        return !schema.has("additionalProperties") || schema.path("additionalProperties").asBoolean(true);
    }

    /**
     * Compares a payload with the shape of its kind.
     *
     * @param kind of the effect
     * @param payload what it is to carry; {@link #LATER} stands for what is not known yet
     * @return all that does not fit, each a sentence; none where no shape is written
     */
    public List<String> misfits(String kind, JsonNode payload) {
        List<String> wrong = strange(kind, payload);
        schema(kind).ifPresent(schema -> schema.path("required").forEach(key -> {
            if (!payload.has(key.asText())) {
                wrong.add("the payload of " + kind + " needs " + key.asText() + ": " + schema.path("properties").path(key.asText()).path("description").asText());
            }
        }));
        return wrong;
    }

    /**
     * Looks for what has no place in a payload, whether or not all is there that is wanted.
     *
     * @param kind of the effect
     * @param payload what it carries
     * @return keys that its shape does not have and values of another type, each a sentence
     */
    public List<String> strange(String kind, JsonNode payload) {
        List<String> wrong = new ArrayList<>();
        schema(kind).ifPresent(schema -> {
            List<String> names = new ArrayList<>();
            schema.path("properties").fieldNames().forEachRemaining(names::add);
            payload.fieldNames().forEachRemaining(key -> {
                if (!names.contains(key)) {
                    // where further keys may stand, one that is nearly a known one is that one, mistyped
                    Set<String> missing = new TreeSet<>(names);
                    missing.removeIf(payload::has);
                    String hint = isOpen(schema) ? Nearest.misspelt(key, missing).map(name -> ", did you mean " + name + "?").orElse("") : Nearest.hint(key, new TreeSet<>(names),
                            names.isEmpty() ? ": it carries nothing" : ": it carries " + String.join(", ", names));
                    if (!hint.isEmpty()) {
                        wrong.add("the payload of " + kind + " has no " + key + hint);
                    }
                }
            });
            payload.fields().forEachRemaining(one -> type(kind, one.getKey(), one.getValue(), schema.path("properties").path(one.getKey())).ifPresent(wrong::add));
        });
        return wrong;
    }

    private static Optional<String> type(String kind, String key, JsonNode value, JsonNode schema) {
        boolean later = value.isTextual() && value.textValue().contains("${");
        boolean fits = later || value.isNull() || switch (schema.path("type").asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
        return fits ? Optional.empty() : Optional.of(key + " of " + kind + " is of type " + schema.path("type").asText() + ", and "
                + (value.isTextual() ? "'" + value.textValue() + "' is a text: take the quotes away" : value + " is none"));
    }

    /** @return a payload of these keys, whose values are not known yet */
    static ObjectNode later(Set<String> keys) {
        ObjectNode payload = Json.object();
        keys.forEach(key -> payload.put(key, LATER));
        return payload;
    }
}
