package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The counters that Hawtio shows: what went well, what an error policy took care of, and what failed. */
class CountersIT extends RunningRelay {

    private final Jolokia jolokia = new Jolokia();

    /** Completed, failed, handled. */
    private List<Long> counters(String route) {
        JsonNode bean = jolokia.ask(Jolokia.read(Jolokia.route(route))).path("value");
        return Stream.of("ExchangesCompleted", "ExchangesFailed", "FailuresHandled").map(bean::path).map(JsonNode::asLong).toList();
    }

    private void reset(String route) {
        assertThat(jolokia.post(Jolokia.exec(Jolokia.route(route), "reset()")).statusCode()).isEqualTo(200);
        assertThat(counters(route)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aLeadThatIsTakenIsCompleted() {
        reset("leads.ingest.receive");
        ingest("{\"message\":\"Вопрос о счётчиках\"}");
        soon().untilAsserted(() -> assertThat(counters("leads.ingest.receive")).containsExactly(1L, 0L, 0L));
    }

    @Test
    void aRefusalOfTheErrorPolicyIsAFailureThatWasHandled() {
        reset("leads.ingest.receive");
        assertThat(postJson("/api/ingest/leads", "{}").statusCode()).isEqualTo(422);
        soon().untilAsserted(() -> assertThat(counters("leads.ingest.receive")).containsExactly(1L, 0L, 1L));
    }

    @Test
    void aConnectorFailsAndItsFlowHandlesIt() {
        String connector = camel.getRoutes().stream().map(route -> route.getId()).filter(id -> id.startsWith("telegram-send")).findFirst().orElseThrow();
        String flow = "telegram.machine-registered.send";
        reset(connector);
        reset(flow);
        expectDead("counters-test");
        // a message without a chat cannot be sent
        jdbc.update("INSERT INTO outbox (kind, dedupe_key, subject_id, payload) VALUES ('telegram.machine-registered', 'counters-test', 'counters-test', '{\"serial\": \"SN-1\", \"machine\": \"16K20\"}')");
        // until it is set aside: a later attempt would be counted in one and not yet in the other
        soon().until(() -> outbox("counters-test").stream().allMatch(effect -> effect.get("status").equals("dead")));
        assertThat(counters(flow).get(2)).as("handled").isPositive();
        assertThat(counters(flow).get(1)).as("the flow's own failures").isZero();
        assertThat(counters(connector).get(1)).as("failures inside the connector").isEqualTo(counters(flow).get(2));
    }
}
