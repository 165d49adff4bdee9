package dev.amorelay.workshop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The events that the relay tells flows, see {@link dev.amorelay.delivery.FlowEvents}: a JSON schema for what each brings, by the name of the
 * {@code direct:} that a route comes from.
 */
public final class EventShapes {

    /** Surroundings in which nothing is told. */
    static final EventShapes NONE = new EventShapes(Map.of());

    private static final String FILE = "/workshop/flow-events.yaml";
    private static final EventShapes SHIPPED = read();

    private final Map<String, JsonNode> schemas;

    private EventShapes(Map<String, JsonNode> schemas) {
        this.schemas = schemas;
    }

    /** @return those of this relay */
    public static EventShapes shipped() {
        return SHIPPED;
    }

    private static EventShapes read() {
        try (InputStream in = EventShapes.class.getResourceAsStream(FILE)) {
            return of(Json.MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventShapes of(JsonNode tree) {
        Map<String, JsonNode> schemas = new TreeMap<>();
        tree.fields().forEachRemaining(one -> schemas.put(one.getKey(), one.getValue()));
        return new EventShapes(schemas);
    }

    /** @return the names of all */
    public Set<String> names() {
        return schemas.keySet();
    }

    /**
     * @param name of an event
     * @return the JSON schema of what it brings; empty for none of ours
     */
    public Optional<JsonNode> schema(String name) {
        return Optional.ofNullable(schemas.get(name));
    }

    /** @return what a route begins with that an event comes to; unknown for a list, and for none of ours */
    Shape shape(String name) {
        return schema(name).filter(schema -> schema.path("type").asText().equals("object"))
                .map(schema -> PayloadShapes.shape("the event " + name, schema)).orElse(Shape.UNKNOWN);
    }
}
