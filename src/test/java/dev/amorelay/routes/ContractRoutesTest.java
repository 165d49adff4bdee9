package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.amorelay.contract.Contract;
import dev.amorelay.flowtests.Tutorial;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract names every door of the routes, and no other; and it is a whole document. */
class ContractRoutesTest {

    private static final List<RouteFile> ROUTES = RouteFiles.below(Path.of("routes"));

    /** A consumer of HTTP requests. */
    private record Door(String method, String path, boolean prefix) {

        boolean takes(String method, String path) {
            return this.method.equals(method) && (this.path.equals(path) || prefix && path.startsWith(this.path + "/"));
        }
    }

    private static List<Door> doors(List<RouteFile> files) {
        List<Door> doors = new ArrayList<>();
        for (RouteFile file : files) {
            for (Map<String, Object> route : file.all("route")) {
                Map<String, Object> from = RouteFile.map(route.get("from"));
                String uri = String.valueOf(from.get("uri"));
                Map<String, Object> parameters = RouteFile.map(from.get("parameters"));
                if (uri.startsWith("platform-http:")) {
                    for (String method : String.valueOf(parameters.getOrDefault("httpMethodRestrict", "GET,POST,PUT,PATCH,DELETE")).split(",")) {
                        doors.add(new Door(method, uri.substring("platform-http:".length()).replaceFirst("\\?.*", ""),
                                Boolean.parseBoolean(String.valueOf(parameters.get("matchOnUriPrefix")))));
                    }
                }
            }
        }
        return doors;
    }

    private static List<String> operations(JsonNode document) {
        List<String> operations = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method ->
                operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    private static List<String> complaints(JsonNode document, List<RouteFile> files) {
        List<Door> doors = doors(files);
        List<String> complaints = new ArrayList<>();
        List<String> operations = operations(document);
        for (Door door : doors) {
            // a prefix alone is an address too where it is a webhook's; admin.kinds has none
            boolean told = operations.stream().map(operation -> operation.split(" ")).anyMatch(one -> door.takes(one[0], one[1]));
            if (!told) {
                complaints.add("not in the document: " + door.method() + " " + door.path());
            }
        }
        for (String operation : operations) {
            String[] one = operation.split(" ");
            if (doors.stream().noneMatch(door -> door.takes(one[0], one[1]))) {
                complaints.add("no such door: " + operation);
            }
        }
        return complaints;
    }

    @Test
    void doorsAndDocumentAgree() {
        assertThat(doors(ROUTES)).hasSizeGreaterThan(15);
        assertThat(complaints(Contract.read(), ROUTES)).isEmpty();
    }

    @Test
    void eachWebhookDoorIsThereWithAndWithoutKey() {
        List<String> operations = operations(Contract.read());
        doors(ROUTES).stream().filter(door -> door.prefix() && !door.path().startsWith("/api/admin") && !door.path().startsWith("/console")).forEach(door ->
                assertThat(operations).contains("POST " + door.path(), "POST " + door.path() + "/{key}"));
    }

    @Test
    void aDoorThatNobodyWroteDownIsSeen() {
        List<RouteFile> more = new ArrayList<>(ROUTES);
        more.add(new RouteFile("new.camel.yaml", """
                - route:
                    id: new.door.open
                    from:
                      uri: platform-http:/new
                      parameters:
                        httpMethodRestrict: POST
                """));
        assertThat(complaints(Contract.read(), more)).containsExactly("not in the document: POST /new");
        List<RouteFile> fewer = ROUTES.stream().filter(file -> !file.name().equals("health.camel.yaml")).toList();
        assertThat(complaints(Contract.read(), fewer)).containsExactly("no such door: GET /health");
        ObjectNode otherMethod = (ObjectNode) Contract.read();
        ObjectNode health = (ObjectNode) otherMethod.path("paths").path("/health");
        health.set("post", health.remove("get"));
        assertThat(complaints(otherMethod, ROUTES)).containsExactlyInAnyOrder("not in the document: GET /health", "no such door: POST /health");
    }

    /** docs/add-a-flow.md ends with a door that is in the contract, whole. */
    @Test
    void theTutorialWritesItsDoorDown() throws IOException {
        Map<String, String> made = Tutorial.files(Files.readString(Path.of("docs/add-a-flow.md")));
        List<RouteFile> more = new ArrayList<>(ROUTES);
        made.forEach((name, text) -> {
            if (name.endsWith(".camel.yaml")) {
                more.add(new RouteFile(name, text));
            }
        });
        assertThat(complaints(Contract.read(), more)).containsExactly("not in the document: POST /ingest/fair");
        String block = made.get("src/main/resources/" + Contract.FILE);
        String text = Files.readString(Path.of("src/main/resources", Contract.FILE)).replaceFirst("(?m)^paths:$", "paths:\n" + Matcher.quoteReplacement(block.stripTrailing()));
        JsonNode after = Json.MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        assertThat(complaints(after, more)).isEmpty();
        isWhole(after);
    }

    @Test
    void everyOperationIsWhole() {
        isWhole(Contract.read());
    }

    private static void isWhole(JsonNode document) {
        assertThat(document.path("openapi").asText()).startsWith("3.1.");
        Set<String> ids = new HashSet<>();
        for (String operation : operations(document)) {
            JsonNode one = document.path("paths").path(operation.split(" ")[1]).path(operation.split(" ")[0].toLowerCase(Locale.ROOT));
            assertThat(ids.add(one.path("operationId").asText())).as("operationId of %s", operation).isTrue();
            assertThat(one.path("summary").asText()).as("summary of %s", operation).isNotBlank();
            assertThat(one.path("tags")).as("tags of %s", operation).isNotEmpty();
            assertThat(one.path("responses").has("503")).as("503 of %s", operation).isTrue();
            boolean admin = operation.contains("/api/admin") || operation.contains("/console");
            // engineers without Telegram come with the admin's password
            boolean engineer = operation.equals("GET /api/service-requests") || operation.startsWith("POST /api/service-requests/{id}/");
            assertThat(one.path("security").toString().contains("admin")).as("password of %s", operation)
                    .isEqualTo(admin || engineer || operation.contains("test-crm"));
            List<String> variables = new ArrayList<>();
            one.path("parameters").forEach(parameter -> {
                JsonNode there = parameter.has("$ref") ? document.at(parameter.path("$ref").asText().substring(1)) : parameter;
                if (there.path("in").asText().equals("path")) {
                    variables.add("{" + there.path("name").asText() + "}");
                }
            });
            assertThat(operation.contains("{") ? List.of(operation.replaceAll(".*(\\{.*}).*", "$1")) : List.of()).isEqualTo(variables);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode document = Contract.read();
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references).hasSizeGreaterThan(100)
                .allSatisfy(reference -> assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
        document.path("components").properties().stream().filter(kind -> !kind.getKey().equals("securitySchemes")).forEach(kind ->
                kind.getValue().fieldNames().forEachRemaining(name -> assertThat(references).as("used").contains("#/components/" + kind.getKey() + "/" + name)));
    }

    @Test
    void everyExampleIsOfItsSchema() {
        JsonNode document = Contract.read();
        int seen = 0;
        for (JsonNode content : document.findValues("content")) {
            for (JsonNode media : content) {
                for (JsonNode example : media.path("examples")) {
                    JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(
                            Json.object().<ObjectNode>set("components", document.path("components")).set("allOf", Json.array().add(media.path("schema"))));
                    assertThat(schema.validate(example.path("value"))).as(example.toString()).isEmpty();
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(15);
    }
}
