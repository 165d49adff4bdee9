package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.leads.LeadIntake;
import dev.amorelay.leads.LeadKey;
import dev.amorelay.leads.LeadPost;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;

class LeadIngestRouteTest extends RouteTest {

    private static final String LEAD_ID = "11111111-2222-4333-8444-555555555555";

    private final List<LeadPost> stored = new CopyOnWriteArrayList<>();
    private final LeadIntake intake = new LeadIntake(null) {
        @Override
        public String store(LeadPost post, String owes, HttpServletRequest request) {
            if (databaseIsDown) {
                throw new DataAccessResourceFailureException("no connection");
            }
            stored.add(post);
            return LEAD_ID;
        }
    };
    private volatile boolean databaseIsDown;

    @Override
    List<String> flows() {
        return List.of("lead-ingest");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("leadIntake", intake);
    }

    @AfterEach
    void closeIntake() {
        intake.destroy();
    }

    private Exchange post(String door, String body) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr("192.0.2.7");
        return call(door, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json",
                "CamelHttpServletRequest", request, "Idempotency-Key", "order-1", "CamelSqlQuery", "SELECT 1"));
    }

    private static String answer(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(String.class);
    }

    /** Whoever writes a flow of their own and asks for the lead meets one. */
    @Test
    void aConnectionTestEndsAnyFlow() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:own").to("direct:own.read").setBody(simple("Заявка: ${body.lead.source}")).bean("leadIntake", "store");
                from("direct:own.read").bean("leadDoor", "read");
            }
        });
        for (String door : List.of("direct:own", "platform-http:/ingest/leads", "platform-http:/api/ingest/leads")) {
            Exchange exchange = post(door, "{\"test\":\"test\"}");
            assertThat(answer(exchange)).isEqualTo("{\"status\":\"ok\"}");
            assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("Content-Type", "application/json"));
        }
        assertThat(stored).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform-http:/ingest/leads", "platform-http:/api/ingest/leads"})
    void answersWithTheIdThatTheDatabaseGave(String door) {
        Exchange exchange = post(door, "{\"source\":\"site\",\"name\":\"Иван\",\"phone\":\"8 999 123 45 67\",\"meta\":{\"total\":\"12.9\"}}");
        assertThat(answer(exchange)).isEqualTo("{\"status\":\"ok\",\"lead_id\":\"" + LEAD_ID + "\"}");
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("Content-Type", "application/json"));
        LeadPost post = stored.get(0);
        assertThat(post.lead().name()).isEqualTo("Иван");
        assertThat(post.lead().phone()).isEqualTo("8 999 123 45 67");
        assertThat(post.lead().phoneE164()).isEqualTo("+79991234567");
        assertThat(post.lead().price()).isEqualTo(12L);
        assertThat(post.account()).isEqualTo("default");
        assertThat(post.key()).isEqualTo(new LeadKey().of("order-1", null, null, "+79991234567 null null"));
        assertThat(post.validFor()).isEqualTo("30 days");
    }

    @Test
    void whatIsNoLeadIsRefusedWithTheFields() {
        Exchange exchange = post("platform-http:/ingest/leads", "{\"name\":\"Иван\",\"phone\":\"N/A\",\"email\":\"ivan\"}");
        ObjectNode problem = (ObjectNode) Json.read(answer(exchange));
        // by which the line in the log is found
        assertThat(problem.remove("instance").asText()).startsWith("urn:uuid:");
        assertThat(problem).isEqualTo(Json.read("""
                {"type":"about:blank","title":"Некорректный формат номера телефона. Используйте +7 (999) 123-45-67","status":422,
                 "errors":[{"field":"phone","message":"Некорректный формат номера телефона. Используйте +7 (999) 123-45-67"},
                           {"field":"email","message":"Некорректный адрес электронной почты. Используйте name@example.com"}]}"""));
        assertThat(exchange.getMessage().getHeaders())
                .isEqualTo(Map.of("CamelHttpResponseCode", "422", "Content-Type", "application/problem+json"));
        assertThat(stored).isEmpty();
    }

    @Test
    void whatCannotBeStoredIsNeverAcknowledged() {
        databaseIsDown = true;
        Exchange exchange = post("platform-http:/api/ingest/leads", "{\"phone\":\"89991234567\"}");
        assertThat(Json.read(answer(exchange)).path("status").asInt()).isEqualTo(503);
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("CamelHttpResponseCode", "503", "Retry-After", "5",
                "Content-Type", "application/problem+json"));
    }
}
