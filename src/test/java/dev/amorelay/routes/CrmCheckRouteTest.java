package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmCheck;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.amocrm.FakeGate;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrmCheckRouteTest extends RouteTest {

    private static final AccountSettings B = new AccountSettings("b", null, "t", null, null, null, 5L, 6L, null, null, null,
            null, null, null, null, null, null);

    private final FakeGate gate = new FakeGate();

    @Override
    List<String> flows() {
        return List.of("crm-check");
    }

    @Override
    void bind(Registry beans) {
        Accounts accounts = new Accounts(new RelaySettings(ACCOUNT, Map.of("b", B), null, null, null, null, null, null));
        beans.bind("crmCheck", new CrmCheck(accounts, mock(AccountZones.class, call -> ZoneOffset.UTC)));
        beans.bind("crmEntities", gate.entities(accounts));
    }

    private JsonNode failure(RuntimeException failure) {
        gate.answers(call -> {
            throw failure;
        });
        Exchange exchange = call("platform-http:/ingest/test-crm", null, Map.of());
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders())
                .isEqualTo(Map.of("CamelHttpResponseCode", "502", "Content-Type", "application/json"));
        JsonNode told = Json.read(exchange.getMessage().getBody(String.class));
        assertThat(told.path("status").asText()).isEqualTo("error");
        return told;
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform-http:/ingest/test-crm", "platform-http:/api/ingest/test-crm"})
    void makesATestLead(String door) {
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":9001,\"request_id\":\"test\"}]}}");
        Exchange exchange = call(door, null, Map.of("X-Stranger", "1"));
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("{\"status\":\"success\",\"amo_lead_id\":9001}");
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("Content-Type", "application/json"));
        JsonNode lead = gate.onlyCall().body().path(0);
        assertThat(gate.onlyCall().label()).isEqualTo("POST /api/v4/leads");
        assertThat(lead.path("name").asText()).startsWith("TEST: ");
        assertThat(lead.path("price").asLong()).isEqualTo(1);
        assertThat(lead.path("pipeline_id").asLong()).isEqualTo(10226282);
        assertThat(lead.path("status_id").asLong()).isEqualTo(80953554);
        assertThat(lead.path("responsible_user_id").asLong()).isEqualTo(12380450);
    }

    @Test
    void makesItInTheAccountThatIsNamed() {
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":9001,\"request_id\":\"test\"}]}}");
        Exchange exchange = call("platform-http:/ingest/test-crm", null, Map.of("account", "b"));
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("{\"status\":\"success\",\"amo_lead_id\":9001}");
        assertThat(gate.onlyCall().account()).isEqualTo("b");
        assertThat(gate.onlyCall().body().path(0).path("pipeline_id").asLong()).isEqualTo(5);
    }

    @Test
    void knowsNoOtherAccount() {
        Exchange exchange = call("platform-http:/ingest/test-crm", null, Map.of("account", "c"));
        assertThat(exchange.getMessage().getHeader("CamelHttpResponseCode")).isEqualTo("404");
        assertThat(Json.read(exchange.getMessage().getBody(String.class)).path("remedy").asText()).isEqualTo("проверьте имя: default, b");
        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void tellsCauseAndRemedy() {
        JsonNode told = failure(new CrmUnavailable(Trouble.AUTH_REQUIRED, "POST /api/v4/leads → 401", null));
        assertThat(told.path("cause").asText()).isEqualTo("amoCRM не принимает токен");
        assertThat(told.path("remedy").asText())
                .isEqualTo("выпустите новый долгосрочный токен и запишите его в AMOCRM_ACCESS_TOKEN");
        assertThat(told.path("detail").asText()).isEqualTo("amoCRM не принимает токен: POST /api/v4/leads → 401");
    }

    @Test
    void tellsWhichSettingIsRefused() {
        JsonNode told = failure(new CrmRejected("400 status_id: NotSupportedChoice", Map.of()));
        assertThat(told.path("cause").asText()).isEqualTo("amoCRM не принимает данные сделки");
        assertThat(told.path("remedy").asText()).isEqualTo("проверьте номера воронки, этапа, ответственного и полей в настройках");
        assertThat(told.path("detail").asText()).isEqualTo("400 status_id: NotSupportedChoice");
    }

    @Test
    void ownErrorsKeepTheirTextsToThemselves() {
        JsonNode told = failure(new IllegalStateException("password=secret"));
        assertThat(told.path("cause").asText()).isEqualTo("внутренняя ошибка релея");
        assertThat(told.path("detail").asText()).isEqualTo("IllegalStateException");
    }

    @Test
    void anAnswerWithoutALeadIsNoSuccess() {
        gate.answers("{\"_embedded\":{\"leads\":[]}}");
        Exchange exchange = call("platform-http:/ingest/test-crm", null, Map.of());
        assertThat(exchange.getMessage().getHeader("CamelHttpResponseCode")).isEqualTo("502");
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"status\":\"error\"");
    }
}
