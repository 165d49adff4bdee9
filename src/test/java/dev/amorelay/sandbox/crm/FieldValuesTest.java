package dev.amorelay.sandbox.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

class FieldValuesTest {

    private final FieldValues fields = new FieldValues(catalogue());

    @Test
    void givesAFieldTheFormThatReadingAnswers() {
        ArrayNode read = check(EntityType.CONTACTS,
                "[{\"field_code\":\"PHONE\",\"values\":[{\"value\":\"+79990000000\",\"enum_code\":\"MOB\"}]}]", new Violations());

        assertThat(read).isEqualTo(Json.read("""
                [{"field_id":712603,"field_name":"Телефон","field_code":"PHONE","field_type":"multitext",
                  "values":[{"value":"+79990000000","enum_id":418305,"enum_code":"MOB"}]}]"""));
    }

    @ParameterizedTest
    @CsvSource({"1634601600, 1634590800", "'\"2021-10-19T12:00:00+03:00\"', 1634590800"})
    void snapsADateToTheAccountsMidnight(String sent, long answered) {
        ArrayNode read = check(EntityType.LEADS, "[{\"field_id\":712637,\"values\":[{\"value\":" + sent + "}]}]", new Violations());

        assertThat(read.at("/0/values/0/value").asLong()).isEqualTo(answered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[{\"field_id\":1,\"values\":[{\"value\":\"x\"}]}] | NotSupportedChoice | custom_fields_values.0.field_id",
        "[{\"field_id\":712603,\"values\":[{\"value\":\"x\"}]}] | NotSupportedChoice | custom_fields_values.0.field_id",
        "[{\"field_code\":\"NOPE\",\"values\":[{\"value\":\"x\"}]}] | NotSupportedChoice | custom_fields_values.0.field_code",
        "[{\"values\":[{\"value\":\"x\"}]}] | FieldMissing | custom_fields_values.0.field_id",
        "[{\"field_id\":\"712629\",\"values\":[{\"value\":\"x\"}]}] | InvalidType | custom_fields_values.0.field_id",
        "[{\"field_id\":712629,\"values\":[{\"value\":5}]}] | InvalidType | custom_fields_values.0.values.0.value",
        "[{\"field_id\":712637,\"values\":[{\"value\":\"завтра\"}]}] | InvalidType | custom_fields_values.0.values.0.value",
        "[{\"field_id\":712637,\"values\":[{\"value\":9223372036854775807}]}] | InvalidType | custom_fields_values.0.values.0.value",
        "[{\"field_id\":712629,\"values\":[{\"value\":\"x\",\"enum_code\":\"WORK\"}]}] | FieldNotExpected | custom_fields_values.0.values.0.enum_code",
        "[{\"field_id\":712629,\"field_name\":\"x\",\"values\":[{\"value\":\"x\"}]}] | FieldNotExpected | custom_fields_values.0.field_name",
        "[{\"field_id\":712629,\"values\":\"x\"}] | InvalidType | custom_fields_values.0.values",
        "{\"712629\":\"x\"} | InvalidType | custom_fields_values",
    })
    void tellsWhatIsWrongByPosition(String given, String code, String path) {
        Violations violations = new Violations();

        check(EntityType.LEADS, given, violations);

        assertThat(violations.errors()).hasSize(1);
        assertThat(violations.errors().at("/0/code").asText()).isEqualTo(code);
        assertThat(violations.errors().at("/0/path").asText()).isEqualTo(path);
    }

    @Test
    void replacesTheNamedFieldClearsOnNullAndKeepsTheRest() {
        ArrayNode first = check(EntityType.LEADS, """
                [{"field_id":712629,"values":[{"value":"A"}]},{"field_id":712631,"values":[{"value":"B"}]}]""", new Violations());
        ArrayNode second = check(EntityType.LEADS, """
                [{"field_id":712629,"values":null},{"field_id":712633,"values":[{"value":"C"}]}]""", new Violations());

        JsonNode merged = FieldValues.merge(first, second);

        assertThat(merged.findValues("field_id")).extracting(JsonNode::asLong).containsExactly(712631L, 712633L);
        assertThat(FieldValues.merge(null, Json.array()).isNull()).isTrue();
    }

    private ArrayNode check(EntityType type, String given, Violations violations) {
        return fields.check(type, Json.read(given), violations);
    }

    private static Catalogue catalogue() {
        try {
            return new Catalogue(Json.read(new ClassPathResource("sandbox/seed.json").getContentAsString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
