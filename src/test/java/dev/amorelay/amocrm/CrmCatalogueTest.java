package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrmCatalogueTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String TWO = """
            {"_embedded":{"pipelines":[
              {"id":1,"_embedded":{"statuses":[{"id":80953554,"name":"Заявка"},{"id":142,"name":"Успешно реализовано"}]}},
              {"id":2,"_embedded":{"statuses":[{"id":142,"name":"Отгружено"},{"id":9,"name":"Сборка"}]}}]}}""";

    private final FakeGate gate = new FakeGate().answers(TWO);
    private final Clock clock = mock(Clock.class);
    private final CrmCatalogue catalogue = new CrmCatalogue(gate, clock);

    @BeforeEach
    void atNoon() {
        when(clock.instant()).thenReturn(NOON);
    }

    @Test
    void namesOfAllPipelines() {
        assertThat(catalogue.stageNames(null)).isEqualTo(
                Map.of(80953554L, "Заявка", 142L, "Успешно реализовано", 9L, "Сборка"));
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.get("default", "/api/v4/leads/pipelines", "limit=250&page=1"));
    }

    @Test
    void keptForAnHour() {
        catalogue.stageNames(null);
        when(clock.instant()).thenReturn(NOON.plus(Duration.ofMinutes(60)));
        assertThat(catalogue.stageNames("default")).containsKey(9L);
        assertThat(gate.calls()).hasSize(1);
        when(clock.instant()).thenReturn(NOON.plus(Duration.ofMinutes(61)));
        gate.answers("{\"_embedded\":{\"pipelines\":[]}}");
        assertThat(catalogue.stageNames(null)).isEmpty();
        assertThat(gate.calls()).hasSize(2);
    }

    @Test
    void eachAccountHasItsOwn() {
        catalogue.stageNames(null);
        catalogue.stageNames("other");
        assertThat(gate.calls()).extracting(CrmCall::account).containsExactly("default", "other");
    }

    @Test
    void aFailureIsNotKept() {
        gate.answers(call -> {
            throw new CrmUnavailable(Trouble.DOWN, "GET", null);
        });
        assertThatThrownBy(() -> catalogue.stageNames(null)).isInstanceOf(CrmUnavailable.class);
        gate.answers(TWO);
        assertThat(catalogue.stageNames(null)).hasSize(3);
    }
}
