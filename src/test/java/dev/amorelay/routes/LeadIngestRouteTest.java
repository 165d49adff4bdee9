package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import dev.amorelay.leads.LeadKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;

class LeadIngestRouteTest extends RouteTest {

    private static final String LEAD_ID = "11111111-2222-4333-8444-555555555555";

    private MockEndpoint store;

    @Override
    List<String> flows() {
        return List.of("lead-ingest");
    }

    @BeforeEach
    void database() {
        store = exit("sql:classpath:sql/leads/store.sql");
        store.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(LEAD_ID));
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

    @ParameterizedTest
    @ValueSource(strings = {"platform-http:/ingest/leads", "platform-http:/api/ingest/leads"})
    void answersWithTheIdThatTheDatabaseGave(String door) {
        Exchange exchange = post(door, "{\"source\":\"site\",\"name\":\"Иван\",\"phone\":\"8 999 123 45 67\",\"meta\":{\"total\":\"12.9\"}}");
        assertThat(answer(exchange)).isEqualTo("{\"status\":\"ok\",\"lead_id\":\"" + LEAD_ID + "\"}");
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("Content-Type", "application/json"));
        assertThat(store.getEndpointUri()).contains("outputType=SelectOne");
        Map<?, ?> row = store.getReceivedExchanges().get(0).getMessage().getBody(Map.class);
        assertThat(row.get("name")).isEqualTo("Иван");
        assertThat(row.get("phone")).isEqualTo("8 999 123 45 67");
        assertThat(row.get("phone_e164")).isEqualTo("+79991234567");
        assertThat(row.get("price")).isEqualTo(12L);
        assertThat(row.get("key")).isEqualTo(new LeadKey().of("order-1", null, null, "+79991234567 null null"));
        assertThat(row.get("valid_for")).isEqualTo("30 days");
        assertThat(row.keySet()).map(Object::toString).containsExactlyInAnyOrder("id", "source", "name", "phone", "phone_e164",
                "email", "message", "telegram_id", "price", "meta", "remarks", "account", "key", "valid_for");
    }

    @Test
    void whatIsNoLeadIsRefusedWithTheFields() {
        Exchange exchange = post("platform-http:/ingest/leads", "{\"name\":\"Иван\",\"phone\":\"N/A\",\"email\":\"ivan\"}");
        assertThat(Json.read(answer(exchange))).isEqualTo(Json.read("""
                {"type":"about:blank","title":"Некорректный формат номера телефона. Используйте +7 (999) 123-45-67","status":422,
                 "errors":[{"field":"phone","message":"Некорректный формат номера телефона. Используйте +7 (999) 123-45-67"},
                           {"field":"email","message":"Некорректный адрес электронной почты. Используйте name@example.com"}]}"""));
        assertThat(exchange.getMessage().getHeaders())
                .isEqualTo(Map.of("CamelHttpResponseCode", "422", "Content-Type", "application/problem+json"));
        assertThat(store.getReceivedCounter()).isZero();
    }

    @Test
    void whatCannotBeStoredIsNeverAcknowledged() {
        store.whenAnyExchangeReceived(exchange -> {
            throw new DataAccessResourceFailureException("no connection");
        });
        Exchange exchange = post("platform-http:/api/ingest/leads", "{\"phone\":\"89991234567\"}");
        assertThat(Json.read(answer(exchange)).path("status").asInt()).isEqualTo(503);
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("CamelHttpResponseCode", "503", "Retry-After", "5",
                "Content-Type", "application/problem+json"));
    }
}
