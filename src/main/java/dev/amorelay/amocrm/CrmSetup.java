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
import org.springframework.stereotype.Component;

/** Compares the settings with what the accounts really have, and makes the field that marks our leads. */
@Component
public class CrmSetup {

    private static final String MARKER = "UUID заявки";

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
            describe(account, problems);
        }
        return Json.write(report);
    }

    private void describe(Account account, ArrayNode problems) {
        AccountSettings settings = account.settings();
        Map<String, Long> fields = new LinkedHashMap<>();
        fields.put("SERIAL_ID", settings.field().serialId());
        fields.put("MODEL_ID", settings.field().modelId());
        fields.put("TELEGRAM_ID", settings.field().telegramId());
        fields.put("CONFIGURATION_ID", settings.field().configurationId());
        fields.put("NEXT_MAINTENANCE_ID", settings.field().nextMaintenanceId());
        fields.put("INN_ID", settings.field().innId());
        fields.put("LEAD_UUID_ID", settings.field().leadUuidId());
        fields.forEach((setting, id) -> {
            if (id != null && named(catalogue.leadFields(account.name()), id).isEmpty()) {
                problems.add("AMOCRM_FIELD_" + setting + "=" + id + ": у сделок нет такого поля");
            }
        });
        if (settings.field().leadUuidId() == null) {
            problems.add("AMOCRM_FIELD_LEAD_UUID_ID не задан: заявки с неизвестным исходом ищутся по имени и сумме;"
                    + " POST /api/admin/crm-setup создаст поле");
        }
        Long user = settings.responsibleUserId();
        if (user != null && named(catalogue.users(account.name()), user).isEmpty()) {
            problems.add("AMOCRM_RESPONSIBLE_USER_ID=" + user + ": нет такого пользователя");
        }
        place("AMOCRM_PIPELINE_ID", account, settings.pipelineId(), settings.statusId(), problems);
        place("AMOCRM_PIPELINE_PARTS_ID", account, settings.pipelinePartsId(), null, problems);
    }

    private void place(String setting, Account account, Long pipeline, Long stage, ArrayNode problems) {
        if (pipeline == null) {
            return;
        }
        Optional<JsonNode> found = named(catalogue.pipelines(account.name()), pipeline);
        if (found.isEmpty()) {
            problems.add(setting + "=" + pipeline + ": нет такой воронки");
        } else if (stage != null && named(found.get().path("_embedded").path("statuses"), stage).isEmpty()) {
            problems.add("AMOCRM_STATUS_ID=" + stage + ": в воронке нет такого этапа");
        }
    }

    /**
     * Finds or makes the text field that holds our uuid of a lead in the default account.
     *
     * @return {@code {"status":"ok","field_id":N,"setting":"AMOCRM_FIELD_LEAD_UUID_ID=N"}}
     */
    public String makeMarker() {
        long id = catalogue.leadFields(null).stream()
                .filter(field -> field.path("name").asText().equals(MARKER) && field.path("type").asText().equals("text"))
                .findFirst().map(field -> field.path("id").asLong()).orElseGet(() -> catalogue.makeTextField(null, MARKER));
        return Json.write(Json.object().put("status", "ok").put("field_id", id).put("setting", "AMOCRM_FIELD_LEAD_UUID_ID=" + id));
    }

    private static Optional<JsonNode> named(Iterable<JsonNode> items, long id) {
        return StreamSupport.stream(items.spliterator(), false).filter(item -> item.path("id").asLong() == id).findFirst();
    }
}
