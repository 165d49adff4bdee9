package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.DateField;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** A lead as amoCRM API v4 takes it: one element of the array that {@code POST /api/v4/leads} wants. */
@Component
public class LeadCard {

    private static final String PARTS_MODEL = "Запчасти (Корзина)";
    private static final int LONGEST_TEXT = 256;
    private static final String SEPARATOR = ", ";

    private final Function<String, ZoneId> zones;

    /**
     * @param zones by whose clock a day is written
     */
    @Autowired
    public LeadCard(AccountZones zones) {
        this((Function<String, ZoneId>) zones::of);
    }

    /**
     * @param zones the zone of an account, by its configured name
     */
    public LeadCard(Function<String, ZoneId> zones) {
        this.zones = zones;
    }

    /**
     * Maps a lead to a deal.
     *
     * @param lead any lead
     * @param to pipeline, stage, user and fields of the account; what is not configured is left out
     * @param contactId the CRM's contact to link as the main one; null for none
     * @return the create JSON; {@code request_id} is the lead's uuid, which amoCRM echoes and does not store
     */
    public ObjectNode card(Lead lead, Account to, Long contactId) {
        AccountSettings account = to.settings();
        ObjectNode card = Json.object();
        card.put("name", DealName.of(lead));
        card.put("price", lead.price());
        place(lead, account, card);
        put(card, "responsible_user_id", account.responsibleUserId());
        ArrayNode fields = fields(lead, to);
        if (!fields.isEmpty()) {
            card.set("custom_fields_values", fields);
        }
        if (contactId != null) {
            card.putObject("_embedded").putArray("contacts").addObject().put("id", contactId).put("is_main", true);
        }
        card.put("request_id", lead.id().toString());
        return card;
    }

    /** Only the cart goes to the parts pipeline, and without a stage: a stage of another pipeline would move it there. */
    private static void place(Lead lead, AccountSettings account, ObjectNode card) {
        if (LeadSource.CART.equals(lead.source()) && account.pipelinePartsId() != null) {
            card.put("pipeline_id", account.pipelinePartsId());
            return;
        }
        put(card, "pipeline_id", account.pipelineId());
        put(card, "status_id", account.statusId());
    }

    private ArrayNode fields(Lead lead, Account to) {
        AccountSettings.Fields ids = to.settings().field();
        JsonNode meta = lead.meta();
        ArrayNode fields = Json.array();
        text(fields, ids.serialId(), whole(NodeText.joined(meta.get("serial_number"))));
        text(fields, ids.modelId(), LeadSource.CART.equals(lead.source())
                ? PARTS_MODEL : NodeText.joined(meta.get("machine_type")));
        text(fields, ids.telegramId(), lead.telegramId() == null ? null : lead.telegramId().toString());
        text(fields, ids.configurationId(), NodeText.joined(meta.get("configuration")));
        if (ids.nextMaintenanceId() != null) {
            nextMaintenance(fields, ids.nextMaintenanceId(), meta.get("next_maintenance"), to.name());
        }
        text(fields, ids.leadUuidId(), lead.id().toString());
        return fields;
    }

    /** A day is a day of the account; only few leads name one, so only they ask for its zone. */
    private void nextMaintenance(ArrayNode fields, Long id, JsonNode told, String account) {
        if (MaintenanceDate.isOne(told)) {
            ZoneId zone = zones.apply(account);
            MaintenanceDate.of(told, zone)
                    .ifPresent(day -> value(fields, id).put("value", DateField.midnight(day, zone).getEpochSecond()));
        }
    }

    /** Half a serial number would be another machine's: of several those that fit whole are written, the note has all of them. */
    private static String whole(String serials) {
        if (serials == null || serials.strip().length() <= LONGEST_TEXT) {
            return serials;
        }
        List<String> fitting = new ArrayList<>();
        int length = 0;
        for (String serial : Arrays.stream(serials.split("[,;\\r\\n]+")).map(String::strip).filter(one -> !one.isEmpty()).toList()) {
            int longer = length + (length == 0 ? 0 : SEPARATOR.length()) + serial.length();
            if (longer <= LONGEST_TEXT) {
                fitting.add(serial);
                length = longer;
            }
        }
        return fitting.isEmpty() ? null : String.join(SEPARATOR, fitting);
    }

    /** A text is never cut: what the CRM's field does not take whole stands in the note of the form. */
    private static void text(ArrayNode fields, Long id, String text) {
        if (id != null && text != null && text.strip().length() <= LONGEST_TEXT) {
            value(fields, id).put("value", text.strip());
        }
    }

    private static ObjectNode value(ArrayNode fields, Long id) {
        return fields.addObject().put("field_id", id).putArray("values").addObject();
    }

    private static void put(ObjectNode card, String key, Long value) {
        if (value != null) {
            card.put(key, value);
        }
    }
}
