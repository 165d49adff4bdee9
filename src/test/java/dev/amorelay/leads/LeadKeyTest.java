package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LeadKeyTest {

    private static final byte[] BODY = "{\"phone\":\"1\"}".getBytes(StandardCharsets.UTF_8);

    private final LeadKey keys = new LeadKey();

    @Test
    void headerAloneDecides() {
        String key = keys.of("order-17", BODY, "203.0.113.7");
        assertThat(key).matches("[0-9a-f]{64}");
        assertThat(keys.of("  order-17 ", new byte[0], null)).isEqualTo(key);
        assertThat(keys.of("order-18", BODY, "203.0.113.7")).isNotEqualTo(key);
        assertThat(keys.of("k".repeat(1000), BODY, null)).hasSize(64).isNotEqualTo(keys.of("k".repeat(999), BODY, null));
    }

    @Test
    void withoutAHeaderBodyAndClientDecide() {
        String key = keys.of(null, BODY, "203.0.113.7");
        assertThat(keys.of(" ", BODY.clone(), "203.0.113.7")).isEqualTo(key);
        assertThat(keys.of(null, BODY, "203.0.113.8")).isNotEqualTo(key);
        assertThat(keys.of(null, new byte[] {1}, "203.0.113.7")).isNotEqualTo(key);
    }

    @Test
    void partsNeverRunIntoEachOther() {
        byte[] a = "a".getBytes(StandardCharsets.UTF_8);
        byte[] ba = "ba".getBytes(StandardCharsets.UTF_8);
        assertThat(keys.of(null, a, "cb")).isNotEqualTo(keys.of(null, ba, "c"));
        assertThat(keys.of("a", new byte[0], null)).isNotEqualTo(keys.of(null, a, ""));
        assertThat(keys.of("4:body0:a", new byte[0], null)).isNotEqualTo(keys.of(null, a, null));
    }
}
