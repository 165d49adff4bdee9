package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What editors complete is what the reader takes. */
class TestSchemaTest {

    private static final Map<String, Set<String>> READER = Map.of("test", TestReader.OF_A_TEST, "given", TestReader.OF_GIVEN,
            "row", TestReader.OF_A_ROW, "answer", CallReader.OF_AN_ANSWER, "failure", TestReader.OF_A_FAILURE, "step", StepReader.OF_A_STEP,
            "expect", TestReader.OF_EXPECT, "call", CallReader.OF_A_CALL, "rows", TestReader.OF_EXPECTED_ROWS);

    private static Set<String> names(JsonNode node) {
        Set<String> names = new HashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void knowsTheSameKeys() throws IOException {
        JsonNode parts = Json.read(Files.readString(Path.of("routes/tests/flow-test.schema.json"))).path("$defs");
        assertThat(names(parts)).isEqualTo(READER.keySet());
        READER.forEach((part, keys) -> {
            assertThat(names(parts.path(part).path("properties"))).as(part).isEqualTo(keys);
            assertThat(parts.path(part).path("additionalProperties").asBoolean(true)).as(part).isFalse();
        });
        assertThat(names(parts.at("/step/properties/answer/properties"))).isEqualTo(StepReader.OF_AN_ANSWER);
    }

    @Test
    void isNamedByEveryFileOfTests() throws IOException {
        try (var files = Files.list(Path.of("routes/tests"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(TestFiles.SUFFIX)).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).startsWith("# yaml-language-server: $schema=flow-test.schema.json\n");
            }
        }
    }
}
