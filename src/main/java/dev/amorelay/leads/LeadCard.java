package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import org.springframework.stereotype.Component;

/** A lead as amoCRM API v4 takes it: one element of the array that {@code POST /api/v4/leads} wants. */
@Component
public class LeadCard {

    private static final String PARTS_MODEL = "Запчасти (Корзина)";
    private static final int LONGEST_TEXT = 256;

    /**
     * Maps a lead to a deal.
     *
     * @param lead any lead
     * @param account pipeline, stage, user and fields of the account; what is not configured is left out
     * @param contactId the CRM's contact to link as the main one; null for none
     * @return the create JSON; {@code request_id} is the lead's uuid, which amoCRM echoes and does not store
     */
    public ObjectNode card(Lead lead, AccountSettings account, Long contactId) {
        ObjectNode card = Json.object();
        card.put("name", DealName.of(lead));
        card.put("price", lead.price());
        place(lead, account, card);
        put(card, "responsible_user_id", account.responsibleUserId());
        ArrayNode fields = fields(lead, account.field());
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

    private static ArrayNode fields(Lead lead, AccountSettings.Fields ids) {
        JsonNode meta = lead.meta();
        ArrayNode fields = Json.array();
        text(fields, ids.serialId(), NodeText.joined(meta.get("serial_number")));
        text(fields, ids.modelId(), LeadSource.CART.equals(lead.source())
                ? PARTS_MODEL : NodeText.joined(meta.get("machine_type")));
        text(fields, ids.telegramId(), lead.telegramId() == null ? null : lead.telegramId().toString());
        text(fields, ids.configurationId(), NodeText.joined(meta.get("configuration")));
        if (ids.nextMaintenanceId() != null) {
            MaintenanceDate.of(meta.get("next_maintenance"))
                    .ifPresent(day -> value(fields, ids.nextMaintenanceId()).put("value", MaintenanceDate.midnight(day)));
        }
        text(fields, ids.leadUuidId(), lead.id().toString());
        return fields;
    }

    private static void text(ArrayNode fields, Long id, String text) {
        if (id != null && text != null) {
            value(fields, id).put("value", Lines.cut(text.strip(), LONGEST_TEXT));
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
