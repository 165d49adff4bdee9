package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.amorelay.json.Json;
import org.junit.jupiter.api.Test;

class CustomFieldsTest {

    private static final JsonNode FIELDS = Json.read("""
            [{"field_id":1,"values":[{"value":" SN-1 ","enum_id":5},{"value":"SN-2"}]},
             {"field_id":2,"values":[1615845600]},
             {"field_id":3,"values":[{"value":""},{"value":null},{"value":true}]},
             {"field_id":4,"values":[]},
             {"field_id":5},
             {"field_id":6,"values":[{"value":{"name":"ООО Ромашка"}}]},
             {"field_id":7,"field_code":"PHONE","values":[{"value":"+7 999 123-45-67"},{"value":"  "},{"value":"89990000000"}]}]""");

    @Test
    void firstValue() {
        assertThat(CustomFields.text(FIELDS, 1L)).isEqualTo("SN-1");
        assertThat(CustomFields.text(FIELDS, 2L)).isEqualTo("1615845600");
        assertThat(CustomFields.text(FIELDS, 3L)).isEqualTo("true");
    }

    @Test
    void emptyAndAbsent() {
        for (Long id : new Long[] {4L, 5L, 6L, 99L, null}) {
            assertThat(CustomFields.text(FIELDS, id)).as("field " + id).isNull();
        }
        assertThat(CustomFields.text(NullNode.getInstance(), 1L)).isNull();
        assertThat(CustomFields.text(Json.MAPPER.missingNode(), 1L)).isNull();
    }

    @Test
    void allValuesOfASystemField() {
        assertThat(CustomFields.texts(FIELDS, "PHONE")).containsExactly("+7 999 123-45-67", "89990000000");
        assertThat(CustomFields.texts(FIELDS, "EMAIL")).isEmpty();
        assertThat(CustomFields.texts(NullNode.getInstance(), "PHONE")).isEmpty();
    }
}
