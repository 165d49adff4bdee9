package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class MetadataMappingsTest {

    @Test
    void eachAccountHasItsOwn() {
        MetadataMappings mappings = new MetadataMappings(new MockEnvironment()
                .withProperty("relay.amocrm.deal-metadata", "rentprog_car_id:712701, rentprog_booking_id:712700")
                .withProperty("relay.accounts.b.deal-metadata", "number:5"));
        assertThat(mappings.of("default")).containsExactly(Map.entry("rentprog_booking_id", 712700L), Map.entry("rentprog_car_id", 712701L));
        assertThat(mappings.of("b")).containsExactly(Map.entry("number", 5L));
        assertThat(mappings.of("c")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1", "rentprog_booking_id:712700, rentprog_car_id:712701", "a-b:1,a_b:1"})
    void whatIsAMapping(String text) {
        assertThat(MetadataMappings.understands(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:", ":1", "a:0", "a:b", "a:1,", "a:1;b:2", "a:1,a:2", "имя:1", "a.b:1"})
    void whatIsNone(String text) {
        assertThat(MetadataMappings.understands(text)).isFalse();
    }

    @Test
    void stepsAreInOrderAndEachOnce() {
        assertThat(new MaintenanceSettings(List.of(30, 7, 1, 7), null).steps()).containsExactly(1, 7, 30);
        assertThat(new MaintenanceSettings(List.of(), null).steps()).containsExactly(30);
    }
}
