package dev.amorelay.machines;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.amocrm.DateField;
import dev.amorelay.deals.Claims;
import dev.amorelay.deals.SerialNumbers;
import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import dev.amorelay.json.UnreadableJson;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.AccountSettings.Fields;
import dev.amorelay.work.Refused;
import java.sql.Array;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads a won deal from our copy of the CRM. */
@Component
public class SaleReader {

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final AccountZones zones;

    /**
     * @param jdbc the relay's database
     * @param accounts whose field ids these are
     * @param zones by whose clock a date is a day
     */
    public SaleReader(JdbcTemplate jdbc, Accounts accounts, AccountZones zones) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.zones = zones;
    }

    /**
     * Reads the deal of a registration.
     *
     * @param effect {@code machine.register}, its subject the deal's id
     * @return the sale
     */
    public Sale read(@Body Effect effect) {
        String name = (String) effect.payload().get("account");
        AccountSettings settings = accounts.named(name).settings();
        Fields field = settings.field();
        long account = ((Number) effect.payload().get("account_id")).longValue();
        Map<String, Object> row = jdbc.queryForList("""
                SELECT client_id, pipeline_id, custom_fields::text AS fields, deal_full_data::text AS deal, claimed_values AS claims
                FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ?""", account, effect.subject())
                .stream().findFirst().orElseThrow(() -> new Refused("deal " + effect.subject() + " is not stored"));
        JsonNode fields = stored(row, "fields", effect);
        JsonNode deal = stored(row, "deal", effect);
        String telegram = CustomFields.text(fields, field.telegramId());
        return new Sale(account, effect.subject(), Long.valueOf(((Number) row.get("pipeline_id")).longValue()).equals(settings.pipelinePartsId()),
                deal.path("responsible_user_id").asLong() == 0 ? null : deal.path("responsible_user_id").asLong(),
                (UUID) row.get("client_id"), SerialNumbers.of(CustomFields.texts(fields, field.serialId())),
                model(CustomFields.texts(fields, field.modelId())), CustomFields.text(fields, field.configurationId()),
                nextMaintenance(CustomFields.text(fields, field.nextMaintenanceId()), name),
                telegram != null && telegram.matches("[1-9]\\d{0,17}") ? Long.valueOf(telegram) : null, claims(row.get("claims")));
    }

    private static JsonNode stored(Map<String, Object> row, String column, Effect effect) {
        try {
            return Json.read((String) row.get(column));
        } catch (UnreadableJson e) {
            // what cannot be read today cannot be read tomorrow
            throw new Refused("deal " + effect.subject() + " cannot be read as it is stored (" + column + "): " + e.getMessage());
        }
    }

    private static Claims claims(Object array) {
        try {
            return array == null ? Claims.UNKNOWN : new Claims(List.of((String[]) ((Array) array).getArray()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String model(List<String> values) {
        return values.isEmpty() ? null : String.join(", ", values);
    }

    private LocalDate nextMaintenance(String value, String account) {
        return value == null ? null : DateField.day(value, zones.of(account)).orElse(null);
    }
}
