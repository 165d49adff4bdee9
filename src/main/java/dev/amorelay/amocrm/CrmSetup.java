package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.ConfiguredValue.Place;
import dev.amorelay.json.Json;
import java.util.List;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares the settings with what the accounts really have, and makes the field that marks our leads. */
@Component
public class CrmSetup {

    private static final String MARKER = "UUID заявки";
    private static final String MARKER_SETTING = "field.lead-uuid-id";

    private final Accounts accounts;
    private final CrmCatalogue catalogue;
    private final SetupCheck check;

    /**
     * @param accounts the configured accounts
     * @param catalogue what they have
     * @param check compares both
     */
    CrmSetup(Accounts accounts, CrmCatalogue catalogue, SetupCheck check) {
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.check = check;
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
        // what was mended a minute ago is to be seen, and what was refused before is settled by the way
        check.look(account);
        List<ConfiguredValue> values = ConfiguredValue.of(account.settings());
        values.stream().filter(value -> value.place() == Place.FIELD).forEach(value -> describe(account, value, problems));
        if (account.settings().field().leadUuidId() == null) {
            problems.add(account.setting(MARKER_SETTING) + " не задан: заявки с неизвестным исходом ищутся по имени и сумме;"
                    + " POST /api/admin/crm-setup" + (Accounts.DEFAULT.equals(account.name()) ? "" : "?account=" + account.name())
                    + " создаст поле");
        }
        values.stream().filter(value -> value.place() != Place.FIELD).forEach(value -> describe(account, value, problems));
    }

    private void describe(Account account, ConfiguredValue value, ArrayNode problems) {
        check.problem(account, value)
                .ifPresent(problem -> problems.add(account.setting(value.setting()) + "=" + value.id() + ": " + problem));
    }

    /**
     * Finds or makes the text field that holds our uuid of a lead.
     *
     * @param name the configured name of the account; null or empty = the default one
     * @return {@code {"status":"ok","account":"default","field_id":N,"setting":"AMOCRM_FIELD_LEAD_UUID_ID=N"}}
     * @throws NoSuchAccount when none is configured by this name
     */
    public String makeMarker(@Variable("account") @Nullable String name) {
        Account account = accounts.named(name);
        long id = catalogue.leadFields(account.name()).stream()
                .filter(field -> field.path("name").asText().equals(MARKER) && field.path("type").asText().equals("text"))
                .findFirst().map(field -> field.path("id").asLong())
                .orElseGet(() -> catalogue.makeTextField(account.name(), MARKER));
        return Json.write(Json.object().put("status", "ok").put("account", account.name()).put("field_id", id)
                .put("setting", account.setting(MARKER_SETTING) + "=" + id));
    }
}
