package dev.amorelay.editors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.amorelay.flowtests.Tutorial;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every file opens in a visual editor, Kaoto for one, and is saved by it as it was: the canonical form, and no comments to lose. */
class RouteFilesFormTest {

    private static final Path ROUTES = Path.of("routes");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V4);
    private static final JsonSchema ROUTE_FILE = FACTORY.getSchema(CamelSchema.canonical());
    private static final JsonSchema TEMPLATE = FACTORY.getSchema(startOfARoute());

    private static final String GOOD = """
            - route:
                id: a.b.c
                from:
                  uri: direct:a
                  steps:
                    - setBody:
                        expression:
                          simple:
                            expression: ${body}
                    - to:
                        uri: direct:b
            """;

    private static JsonNode startOfARoute() {
        ObjectNode schema = CamelSchema.canonical();
        schema.remove("type");
        schema.putArray("allOf").addObject().put("$ref", "#/items/definitions/org.apache.camel.model.FromDefinition");
        return schema;
    }

    private static JsonNode tree(String yaml) {
        return Json.MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }

    private static List<String> complaints(JsonSchema schema, JsonNode tree) {
        return schema.validate(tree).stream().map(ValidationMessage::toString).toList();
    }

    static List<Path> files(String ending) {
        try (Stream<Path> paths = Files.walk(ROUTES)) {
            return paths.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void flowsAreCanonical() throws IOException {
        assertThat(files(".camel.yaml")).isNotEmpty();
        for (Path file : files(".camel.yaml")) {
            assertThat(complaints(ROUTE_FILE, tree(Files.readString(file)))).as(file.toString()).isEmpty();
        }
    }

    @Test
    void theTutorialsFlowIsCanonical() throws IOException {
        String flow = Tutorial.files(Files.readString(Path.of("docs/add-a-flow.md"))).get("fair-leads.camel.yaml");
        assertThat(complaints(ROUTE_FILE, tree(flow))).isEmpty();
        assertThat(flow.lines().skip(1).filter(line -> line.strip().startsWith("#"))).isEmpty();
    }

    @Test
    void connectorsAreCanonical() throws IOException {
        assertThat(files(".kamelet.yaml")).isNotEmpty();
        for (Path file : files(".kamelet.yaml")) {
            JsonNode template = tree(Files.readString(file)).path("spec").path("template").path("from");
            assertThat(complaints(TEMPLATE, template)).as(file.toString()).isEmpty();
        }
    }

    @Test
    void whatAnEditorWouldRewriteIsSeen() {
        assertThat(complaints(ROUTE_FILE, tree(GOOD))).isEmpty();
        assertThat(complaints(ROUTE_FILE, tree(GOOD.replace("- to:\n            uri: direct:b", "- to: direct:b")))).isNotEmpty();
        assertThat(complaints(ROUTE_FILE, tree(GOOD.replace("simple:\n                expression: ${body}", "simple: ${body}")))).isNotEmpty();
        assertThat(complaints(ROUTE_FILE, tree(GOOD.replace("expression:\n              simple:\n                expression", "simple:\n              expression"))))
                .isNotEmpty();
        assertThat(complaints(ROUTE_FILE, tree(GOOD.replace("- route:\n    id: a.b.c\n    from:", "- from:")))).isNotEmpty();
        assertThat(complaints(ROUTE_FILE, tree(GOOD.replace("setBody", "setBuddy")))).isNotEmpty();
        assertThat(complaints(TEMPLATE, tree("{uri: 'kamelet:source', steps: [{log: done}]}"))).isNotEmpty();
    }

    /** An editor keeps what stands above the first line of YAML, and no other comment. */
    @Test
    void commentsStandAtTheTopOnly() throws IOException {
        for (Path file : files(".yaml").stream().filter(path -> path.toString().matches(".*\\.(camel|kamelet)\\.yaml")).toList()) {
            List<String> lost = Files.readAllLines(file).stream().dropWhile(line -> line.startsWith("#") || line.isBlank())
                    .filter(line -> line.strip().startsWith("#")).toList();
            assertThat(lost).as("comments in " + file + " that an editor would lose: make each the description of its step").isEmpty();
        }
    }
}
