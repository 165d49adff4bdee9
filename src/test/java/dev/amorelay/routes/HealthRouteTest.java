package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class HealthRouteTest extends RouteTest {

    @Override
    List<String> flows() {
        return List.of("health");
    }

    @Test
    void greenWhileTheDatabaseCanStore() {
        Exchange exchange = call("platform-http:/health", null, Map.of("X-Stranger", "1"));
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("{\"status\":\"ok\"}");
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("Content-Type", "application/json"));
        assertThat(exit("sql:classpath:sql/health/can-store.sql").getReceivedCounter()).isEqualTo(1);
    }

    @Test
    void redWhenItCannot() {
        exit("sql:classpath:sql/health/can-store.sql").whenAnyExchangeReceived(exchange -> {
            throw new DataAccessResourceFailureException("read-only");
        });
        Exchange exchange = call("platform-http:/health", null, Map.of());
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("CamelHttpResponseCode")).isEqualTo("503");
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"status\":503").doesNotContain("read-only");
    }
}
