package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.database.HealthProbe;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class HealthRouteTest extends RouteTest {

    private volatile boolean canStore = true;
    private final HealthProbe probe = new HealthProbe(null) {
        @Override
        public void check() {
            if (!canStore) {
                throw new DataAccessResourceFailureException("read-only");
            }
        }
    };

    @Override
    List<String> flows() {
        return List.of("health");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("healthProbe", probe);
    }

    @AfterEach
    void closeProbe() {
        probe.destroy();
    }

    @Test
    void greenWhileTheDatabaseCanStore() {
        Exchange exchange = call("platform-http:/health", null, Map.of("X-Stranger", "1"));
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("{\"status\":\"ok\"}");
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("Content-Type", "application/json"));
    }

    @Test
    void redWhenItCannot() {
        canStore = false;
        Exchange exchange = call("platform-http:/health", null, Map.of());
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("CamelHttpResponseCode")).isEqualTo("503");
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"status\":503").doesNotContain("read-only");
    }
}
