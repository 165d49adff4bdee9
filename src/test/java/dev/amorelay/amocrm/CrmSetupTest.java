package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings against an account that lacks some of what they name. */
class CrmSetupTest {

    private final FakeGate gate = new FakeGate().answers(CrmSetupTest::account);

    private static CrmAnswer account(CrmCall call) {
        return FakeGate.found(200, switch (call.label()) {
            case "GET /api/v4/leads/custom_fields" -> "{\"_embedded\":{\"custom_fields\":[{\"id\":1,\"name\":\"Серийный номер\",\"type\":\"text\"}]}}";
            case "GET /api/v4/users" -> "{\"_embedded\":{\"users\":[{\"id\":10}]}}";
            case "GET /api/v4/leads/pipelines" -> "{\"_embedded\":{\"pipelines\":[{\"id\":100,\"_embedded\":{\"statuses\":[{\"id\":101}]}}]}}";
            case "POST /api/v4/leads/custom_fields" -> "{\"_embedded\":{\"custom_fields\":[{\"id\":77,\"request_id\":\"0\"}]}}";
            default -> throw new AssertionError(call.label());
        });
    }

    private CrmSetup setup(Long stage, Long user, Long serial, Long model) {
        AccountSettings settings = new AccountSettings("example", null, "t", null, null, null, 100L, stage, user, null, 200L,
                new AccountSettings.Fields(serial, model, null, null, null, null, null), null, null, null, null, null);
        Accounts accounts = new Accounts(new RelaySettings(settings, Map.of("b", settings), null, null, null, null, null, null));
        CrmCatalogue catalogue = gate.catalogue();
        return new CrmSetup(accounts, catalogue, new SetupCheck(accounts, catalogue, FakeGate.nothingRefused()));
    }

    @Test
    void namesWhatTheAccountDoesNotHave() {
        List<String> problems = new ArrayList<>();
        JsonNode report = Json.read(setup(102L, 11L, 1L, 2L).report());
        report.path("accounts").path(0).path("problems").forEach(problem -> problems.add(problem.asText()));
        assertThat(problems).containsExactly(
                "AMOCRM_FIELD_MODEL_ID=2: у сделок нет такого поля",
                "AMOCRM_FIELD_LEAD_UUID_ID не задан: заявки с неизвестным исходом ищутся по имени и сумме; POST /api/admin/crm-setup создаст поле",
                "AMOCRM_RESPONSIBLE_USER_ID=11: нет такого пользователя",
                "AMOCRM_STATUS_ID=102: в воронке нет такого этапа",
                "AMOCRM_PIPELINE_PARTS_ID=200: нет такой воронки");
    }

    @Test
    void namesWhatIsThereAndCannotBeUsed() {
        gate.answers(call -> FakeGate.found(200, switch (call.label()) {
            case "GET /api/v4/leads/custom_fields" -> "{\"_embedded\":{\"custom_fields\":[{\"id\":1,\"type\":\"checkbox\"},{\"id\":2,\"type\":\"select\"}]}}";
            case "GET /api/v4/users" -> "{\"_embedded\":{\"users\":[{\"id\":10,\"rights\":{\"is_active\":true}},{\"id\":11,\"rights\":{\"is_active\":false}}]}}";
            default -> "{\"_embedded\":{\"pipelines\":[{\"id\":100,\"_embedded\":{\"statuses\":[{\"id\":101}]}},{\"id\":200,\"is_archive\":true}]}}";
        }));
        List<String> problems = new ArrayList<>();
        Json.read(setup(101L, 11L, 1L, 2L).report()).path("accounts").path(0).path("problems").forEach(problem -> problems.add(problem.asText()));
        assertThat(problems).contains("AMOCRM_FIELD_SERIAL_ID=1: поле типа checkbox сюда не подходит",
                "AMOCRM_RESPONSIBLE_USER_ID=11: пользователь отключён", "AMOCRM_PIPELINE_PARTS_ID=200: воронка в архиве");
        assertThat(problems).noneMatch(problem -> problem.startsWith("AMOCRM_FIELD_MODEL_ID"));
    }

    @Test
    void namesTheSettingsOfAFurtherAccountAsTheyAreWritten() {
        List<String> problems = new ArrayList<>();
        JsonNode report = Json.read(setup(102L, 11L, 1L, 2L).report());
        report.path("accounts").path(1).path("problems").forEach(problem -> problems.add(problem.asText()));
        assertThat(report.path("accounts").path(1).path("name").asText()).isEqualTo("b");
        assertThat(problems).containsExactly(
                "relay.accounts.b.field.model-id=2: у сделок нет такого поля",
                "relay.accounts.b.field.lead-uuid-id не задан: заявки с неизвестным исходом ищутся по имени и сумме;"
                        + " POST /api/admin/crm-setup?account=b создаст поле",
                "relay.accounts.b.responsible-user-id=11: нет такого пользователя",
                "relay.accounts.b.status-id=102: в воронке нет такого этапа",
                "relay.accounts.b.pipeline-parts-id=200: нет такой воронки");
    }

    @Test
    void anAccountThatIsDownDoesNotHideTheOthers() {
        CrmSetup setup = setup(102L, 10L, 1L, null);
        gate.answers(call -> {
            if (call.account().equals("default")) {
                throw new CrmUnavailable("default", CrmUnavailable.Trouble.UNEXPECTED, call.label() + " → 404", null);
            }
            return account(call);
        });
        JsonNode accounts = Json.read(setup.report()).path("accounts");
        assertThat(accounts.path(0).path("problems")).singleElement().extracting(JsonNode::asText)
                .isEqualTo("по адресу аккаунта отвечает не API amoCRM: проверьте AMOCRM_SUBDOMAIN или AMOCRM_BASE_URL");
        assertThat(accounts.path(1).path("problems")).hasSize(3);
    }

    @Test
    void makesTheMarkerFieldOfAFurtherAccount() {
        assertThat(setup(101L, 10L, 1L, null).makeMarker("b"))
                .isEqualTo("{\"status\":\"ok\",\"account\":\"b\",\"field_id\":77,\"setting\":\"relay.accounts.b.field.lead-uuid-id=77\"}");
        assertThat(gate.calls()).extracting(CrmCall::account).containsExactly("b", "b");
    }

    @Test
    void anUnknownAccountIsToldSo() {
        CrmSetup setup = setup(101L, 10L, 1L, null);
        assertThatThrownBy(() -> setup.makeMarker("c")).isInstanceOf(NoSuchAccount.class).hasMessageContaining("default, b");
        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void makesTheMarkerFieldWhereThereIsNone() {
        assertThat(setup(101L, 10L, 1L, null).makeMarker(null))
                .isEqualTo("{\"status\":\"ok\",\"account\":\"default\",\"field_id\":77,\"setting\":\"AMOCRM_FIELD_LEAD_UUID_ID=77\"}");
        assertThat(gate.calls()).extracting(CrmCall::label)
                .containsExactly("GET /api/v4/leads/custom_fields", "POST /api/v4/leads/custom_fields");
    }
}
