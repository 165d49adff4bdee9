package dev.amorelay.machines;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.AccountSettings.Fields;
import dev.amorelay.work.Refused;
import java.time.Instant;
import java.util.Arrays;
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

    /**
     * @param jdbc the relay's database
     * @param accounts whose field ids these are
     */
    public SaleReader(JdbcTemplate jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /**
     * Reads the deal of a registration.
     *
     * @param effect {@code machine.register}, its subject the deal's id
     * @return the sale
     */
    public Sale read(@Body Effect effect) {
        AccountSettings settings = accounts.named((String) effect.payload().get("account")).settings();
        Fields field = settings.field();
        long account = ((Number) effect.payload().get("account_id")).longValue();
        Map<String, Object> row = jdbc.queryForList("""
                SELECT client_id, pipeline_id, custom_fields::text AS fields, deal_full_data::text AS deal
                FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ?""", account, effect.subject())
                .stream().findFirst().orElseThrow(() -> new Refused("deal " + effect.subject() + " is not stored"));
        JsonNode fields = Json.read((String) row.get("fields"));
        JsonNode deal = Json.read((String) row.get("deal"));
        String telegram = CustomFields.text(fields, field.telegramId());
        return new Sale(account, effect.subject(), Long.valueOf(((Number) row.get("pipeline_id")).longValue()).equals(settings.pipelinePartsId()),
                deal.path("responsible_user_id").asLong() == 0 ? null : deal.path("responsible_user_id").asLong(),
                (UUID) row.get("client_id"), serials(CustomFields.text(fields, field.serialId())),
                CustomFields.text(fields, field.modelId()), CustomFields.text(fields, field.configurationId()),
                moment(CustomFields.text(fields, field.nextMaintenanceId())),
                telegram != null && telegram.matches("[1-9]\\d{0,17}") ? Long.valueOf(telegram) : null);
    }

    /** Serial numbers stand in one field, separated by comma, semicolon or line. */
    static List<String> serials(String field) {
        return field == null ? List.of() : Arrays.stream(field.split("[,;\\r\\n]+"))
                // no-break spaces come along when a number is copied from a document
                .map(serial -> serial.replaceAll("[\\s\\u00a0\\u2007\\u202f]+", " ").strip()).filter(serial -> !serial.isEmpty())
                .distinct().toList();
    }

    private static Instant moment(String unixSeconds) {
        return unixSeconds != null && unixSeconds.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(unixSeconds))
                : null;
    }
}
