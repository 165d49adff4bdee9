package dev.amorelay.editors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.MapSchemaLoader;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What editors are told about the files: the schema of the very Camel that runs them, and one for connectors. */
class EditorSchemasTest {

    private static final Path VS_CODE = Path.of(".vscode/settings.json");
    private static final Path INTELLIJ = Path.of(".idea/jsonSchemas.xml");
    private static final Path CONNECTOR = Path.of(".vscode/kamelet.schema.json");
    private static final Pattern PINNED = Pattern.compile("https://raw\\.githubusercontent\\.com/apache/camel/camel-([^/]+)/\\S*?camelYamlDsl\\.json");

    private static String camelVersion() throws IOException {
        Matcher version = Pattern.compile("<camel\\.version>([^<]+)</camel\\.version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    @Test
    void theSchemaIsThatOfTheCamelInThePom() throws IOException {
        for (Path file : List.of(VS_CODE, INTELLIJ, CONNECTOR)) {
            Matcher pinned = PINNED.matcher(Files.readString(file));
            int found = 0;
            for (; pinned.find(); found++) {
                assertThat(pinned.group(1)).as("Camel's version in " + file + " and in pom.xml").isEqualTo(camelVersion());
            }
            assertThat(found).as("schemas in " + file).isPositive();
        }
        assertThat(Json.read(Files.readString(VS_CODE)).path("camel.Camel catalog version").asText()).isEqualTo(camelVersion());
    }

    @Test
    void theSchemaFileIsWhereCamelHasIt() throws IOException {
        // the path below the repository is the one that the jar's own file comes from: …/resources/schema/camelYamlDsl.json
        assertThat(getClass().getResource("/schema/camelYamlDsl.json")).isNotNull();
        assertThat(Files.readString(VS_CODE)).contains("/src/generated/resources/schema/camelYamlDsl.json");
    }

    @Test
    void bothEditorsKnowAllFiles() throws IOException {
        for (Path file : List.of(VS_CODE, INTELLIJ)) {
            assertThat(Files.readString(file)).contains("routes/*.camel.yaml", "routes/errors/*.camel.yaml", "routes/kamelets/*.kamelet.yaml",
                    ".vscode/kamelet.schema.json");
        }
        assertThat(RouteFilesFormTest.files(".camel.yaml")).allMatch(file -> file.getNameCount() == 2 || file.getName(1).toString().equals("errors"));
    }

    @Test
    void connectorsKeepToTheirSchema() throws IOException {
        JsonNode ours = Json.read(Files.readString(CONNECTOR));
        String camels = ours.at("/properties/spec/properties/template/properties/from/$ref").asText().replaceFirst("#.*", "");
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V4, builder -> builder.schemaLoaders(loaders ->
                loaders.add(new MapSchemaLoader(Map.of(camels, Json.write(CamelSchema.classic())))))).getSchema(ours);
        List<Path> files = RouteFilesFormTest.files(".kamelet.yaml");
        assertThat(files).hasSizeGreaterThan(20);
        for (Path file : files) {
            assertThat(schema.validate(tree(Files.readString(file)))).as(file.toString()).isEmpty();
        }
        String good = Files.readString(files.get(0));
        for (String part : List.of("title: Account", "camel.apache.org/kamelet.icon: ", "camel.apache.org/provider: ", "amorelay.dev/repeat: ", "example: default", "uri: kamelet:source")) {
            assertThat(good).contains(part);
            assertThat(schema.validate(tree(good.replaceFirst("(?m)^ *" + part + ".*\\R", "")))).extracting(ValidationMessage::getMessage)
                    .as("without " + part).isNotEmpty();
        }
    }

    private static JsonNode tree(String yaml) {
        return Json.MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }
}
