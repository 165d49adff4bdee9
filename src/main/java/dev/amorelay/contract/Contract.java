package dev.amorelay.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI 3.1 document of the doors. */
public final class Contract {

    /** Where it is on the class path. */
    public static final String FILE = "openapi/amo-relay.yaml";

    private Contract() {
    }

    /**
     * Reads the document.
     *
     * @return its tree, references as they stand
     */
    public static JsonNode read() {
        try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
            return Json.MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /**
     * A shape that the document names.
     *
     * @param name as under {@code components/schemas}
     * @return the schema
     */
    public static JsonNode schema(String name) {
        JsonNode schema = read().path("components").path("schemas").path(name);
        if (!schema.isObject()) {
            throw new IllegalStateException(FILE + " has no schema " + name);
        }
        return schema;
    }
}
