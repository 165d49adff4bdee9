package dev.amorelay.sandbox.crm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

class EntityRulesTest {

    private final EntityRules rules = new EntityRules(catalogue());

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"name\":\"Заявка\",\"price\":2147483647,\"pipeline_id\":10226282,\"status_id\":80953554,\"responsible_user_id\":12380450,\"created_by\":0}",
        "{\"pipeline_id\":10245926,\"status_id\":142}",
        "{\"status_id\":81095110}",
        "{\"tags_to_add\":[{\"name\":\"сайт\"}],\"request_id\":\"x\"}",
    })
    void takesWhatIsRight(String item) {
        assertThat(check(item).errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"price\":15.5} | InvalidType | price",
        "{\"price\":\"15\"} | InvalidType | price",
        "{\"price\":2147483648} | InvalidType | price",
        "{\"name\":5} | InvalidType | name",
        "{\"pipeline_id\":1} | NotSupportedChoice | pipeline_id",
        "{\"status_id\":1} | NotSupportedChoice | status_id",
        "{\"pipeline_id\":10245926,\"status_id\":80953554} | NotSupportedChoice | status_id",
        "{\"status_id\":80953550} | NotSupportedChoice | status_id",
        "{\"responsible_user_id\":0} | NotSupportedChoice | responsible_user_id",
        "{\"telefon\":\"x\"} | FieldNotExpected | telefon",
    })
    void namesWhatIsWrong(String item, String code, String path) {
        Violations violations = check(item);

        assertThat(violations.errors()).hasSize(1);
        assertThat(violations.errors().at("/0/code").asText()).isEqualTo(code);
        assertThat(violations.errors().at("/0/path").asText()).isEqualTo(path);
    }

    private Violations check(String item) {
        Violations violations = new Violations();
        rules.check(EntityType.LEADS, Json.read(item), violations);
        return violations;
    }

    private static Catalogue catalogue() {
        try {
            return new Catalogue(Json.read(new ClassPathResource("sandbox/seed.json").getContentAsString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
