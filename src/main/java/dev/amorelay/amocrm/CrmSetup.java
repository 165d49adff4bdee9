package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Compares the settings with what the accounts really have, and makes the field that marks our leads. */
@Component
public class CrmSetup {

    private static final String MARKER = "UUID заявки";
    private static final String MARKER_SETTING = "field.lead-uuid-id";

    private final Accounts accounts;
    private final CrmCatalogue catalogue;

    /**
     * @param accounts the configured accounts
     * @param catalogue what they have
     */
    public CrmSetup(Accounts accounts, CrmCatalogue catalogue) {
        this.accounts = accounts;
        this.catalogue = catalogue;
    }

    /**
     * Which settings name something that the account does not have.
     *
     * @return {@code {"accounts": [{name, problems: […]}]}}, Russian sentences; no problems where all is there
     */
    public String report() {
        ObjectNode report = Json.object();
        ArrayNode list = report.putArray("accounts");
        for (Account account : accounts.all()) {
            ArrayNode problems = list.addObject().put("name", account.name()).putArray("problems");
            try {
                describe(account, problems);
            } catch (CrmUnavailable unavailable) {
                // the others are looked at all the same
                problems.add(unavailable.cause() + ": " + unavailable.remedy());
            }
        }
        return Json.write(report);
    }

    private void describe(Account account, ArrayNode problems) {
        AccountSettings settings = account.settings();
        Map<String, Long> fields = new LinkedHashMap<>();
        fields.put("field.serial-id", settings.field().serialId());
        fields.put("field.model-id", settings.field().modelId());
        fields.put("field.telegram-id", settings.field().telegramId());
        fields.put("field.configuration-id", settings.field().configurationId());
        fields.put("field.next-maintenance-id", settings.field().nextMaintenanceId());
        fields.put("field.inn-id", settings.field().innId());
        fields.put(MARKER_SETTING, settings.field().leadUuidId());
        fields.forEach((setting, id) -> {
            if (id != null && named(catalogue.leadFields(account.name()), id).isEmpty()) {
                problems.add(account.setting(setting) + "=" + id + ": у сделок нет такого поля");
            }
        });
        if (settings.field().leadUuidId() == null) {
            problems.add(account.setting(MARKER_SETTING) + " не задан: заявки с неизвестным исходом ищутся по имени и сумме;"
                    + " POST /api/admin/crm-setup" + (Accounts.DEFAULT.equals(account.name()) ? "" : "?account=" + account.name())
                    + " создаст поле");
        }
        Long user = settings.responsibleUserId();
        if (user != null && named(catalogue.users(account.name()), user).isEmpty()) {
            problems.add(account.setting("responsible-user-id") + "=" + user + ": нет такого пользователя");
        }
        place("pipeline-id", account, settings.pipelineId(), settings.statusId(), problems);
        place("pipeline-parts-id", account, settings.pipelinePartsId(), null, problems);
        place("service.pipeline-id", account, settings.service().pipelineId(), null, problems);
        Long pipeline = settings.service().pipelineId() == null ? settings.pipelineId() : settings.service().pipelineId();
        stage("service.status-taken-id", account, pipeline, settings.service().statusTakenId(), problems);
        stage("service.status-done-id", account, pipeline, settings.service().statusDoneId(), problems);
    }

    private void stage(String setting, Account account, Long pipeline, Long stage, ArrayNode problems) {
        // the won stage is in every pipeline
        if (pipeline == null || stage == null || stage == AccountSettings.WON) {
            return;
        }
        named(catalogue.pipelines(account.name()), pipeline)
                .filter(found -> named(found.path("_embedded").path("statuses"), stage).isEmpty())
                .ifPresent(found -> problems.add(account.setting(setting) + "=" + stage + ": в воронке сервисных заявок нет такого этапа"));
    }

    private void place(String setting, Account account, Long pipeline, Long stage, ArrayNode problems) {
        if (pipeline == null) {
            return;
        }
        Optional<JsonNode> found = named(catalogue.pipelines(account.name()), pipeline);
        if (found.isEmpty()) {
            problems.add(account.setting(setting) + "=" + pipeline + ": нет такой воронки");
        } else if (stage != null && named(found.get().path("_embedded").path("statuses"), stage).isEmpty()) {
            problems.add(account.setting("status-id") + "=" + stage + ": в воронке нет такого этапа");
        }
    }

    /**
     * Finds or makes the text field that holds our uuid of a lead.
     *
     * @param name the configured name of the account; null or empty = the default one
     * @return {@code {"status":"ok","account":"default","field_id":N,"setting":"AMOCRM_FIELD_LEAD_UUID_ID=N"}}
     * @throws NoSuchAccount when none is configured by this name
     */
    public String makeMarker(@Variable("account") String name) {
        Account account = accounts.named(name);
        long id = catalogue.leadFields(account.name()).stream()
                .filter(field -> field.path("name").asText().equals(MARKER) && field.path("type").asText().equals("text"))
                .findFirst().map(field -> field.path("id").asLong())
                .orElseGet(() -> catalogue.makeTextField(account.name(), MARKER));
        return Json.write(Json.object().put("status", "ok").put("account", account.name()).put("field_id", id)
                .put("setting", account.setting(MARKER_SETTING) + "=" + id));
    }

    private static Optional<JsonNode> named(Iterable<JsonNode> items, long id) {
        return StreamSupport.stream(items.spliterator(), false).filter(item -> item.path("id").asLong() == id).findFirst();
    }
}
