package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LeadKeyTest {

    private static final byte[] BODY = "{\"phone\":\"1\"}".getBytes(StandardCharsets.UTF_8);

    private static final String PERSON = "+79991234567 null null";

    private final LeadKey keys = new LeadKey();

    @Test
    void oneKeyForEverybodyLosesNobody() {
        assertThat(keys.of("constant", BODY, null, "+79990000001")).isNotEqualTo(keys.of("constant", BODY, null, "+79990000002"));
    }

    @Test
    void headerAloneDecides() {
        String key = keys.of("order-17", BODY, "203.0.113.7", PERSON);
        assertThat(key).matches("[0-9a-f]{64}");
        assertThat(keys.of("  order-17 ", new byte[0], null, PERSON)).isEqualTo(key);
        assertThat(keys.of("order-18", BODY, "203.0.113.7", PERSON)).isNotEqualTo(key);
        assertThat(keys.of("k".repeat(1000), BODY, null, PERSON)).hasSize(64).isNotEqualTo(keys.of("k".repeat(999), BODY, null, PERSON));
    }

    @Test
    void withoutAHeaderBodyAndClientDecide() {
        String key = keys.of(null, BODY, "203.0.113.7", PERSON);
        assertThat(keys.of(" ", BODY.clone(), "203.0.113.7", PERSON)).isEqualTo(key);
        assertThat(keys.of(null, BODY, "203.0.113.8", PERSON)).isNotEqualTo(key);
        assertThat(keys.of(null, new byte[] {1}, "203.0.113.7", PERSON)).isNotEqualTo(key);
    }

    @Test
    void partsNeverRunIntoEachOther() {
        byte[] a = "a".getBytes(StandardCharsets.UTF_8);
        byte[] ba = "ba".getBytes(StandardCharsets.UTF_8);
        assertThat(keys.of(null, a, "cb", PERSON)).isNotEqualTo(keys.of(null, ba, "c", PERSON));
        assertThat(keys.of("a", new byte[0], null, PERSON)).isNotEqualTo(keys.of(null, a, "", PERSON));
        assertThat(keys.of("4:body0:a", new byte[0], null, PERSON)).isNotEqualTo(keys.of(null, a, null, PERSON));
    }
}
