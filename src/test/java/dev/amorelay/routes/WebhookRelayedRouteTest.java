package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.webhooks.HookEvent;
import dev.amorelay.webhooks.RelayedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

class WebhookRelayedRouteTest extends RouteTest {

    private static final byte[] BODY = ("{\"event_type\":\"lead.status\",\"entity_type\":\"lead\",\"amocrm_entity_id\":\"55\","
            + "\"payload\":{\"leads\":{\"status\":[{\"id\":\"55\",\"status_id\":\"142\"}]},\"account\":{\"id\":\"777\"}},\"details\":{}}")
            .getBytes(StandardCharsets.UTF_8);

    @Override
    List<String> flows() {
        return List.of("webhook-relayed");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("relayedEvent", new RelayedEvent());
    }

    @Test
    void goesIntoTheSameInbox() {
        Exchange exchange = call("platform-http:/amocrm/process-webhook", BODY, Map.of("X-Stranger", "1"));
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("{\"ok\":true,\"received\":true}");
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("Content-Type", "application/json"));
        assertThat(inbox.stored).singleElement().satisfies(event -> {
            assertThat(event.eventType()).isEqualTo("lead.status");
            assertThat(event.entityId()).isEqualTo("55");
        });
        assertThat(inbox.stored).extracting(HookEvent::entityType).containsExactly("lead");
    }

    @Test
    void whatCannotBeStoredIsSentAgain() {
        inbox.databaseIsDown = true;
        Exchange exchange = call("platform-http:/amocrm/process-webhook", BODY, Map.of());
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("CamelHttpResponseCode")).isEqualTo("503");
        assertThat(exchange.getMessage().getHeader("Retry-After")).isEqualTo("5");
    }
}
