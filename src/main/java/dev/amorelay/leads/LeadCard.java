package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.CrmField;
import dev.amorelay.amocrm.DateField;
import dev.amorelay.amocrm.FieldBook;
import dev.amorelay.json.Json;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** A lead as amoCRM API v4 takes it: one element of the array that {@code POST /api/v4/leads} wants. */
@Component
public class LeadCard {

    /** amoCRM's limit of a deal's and a contact's name. */
    static final int LONGEST_NAME = 255;
    private static final int LONGEST_TEXT = 256;
    private static final String SEPARATOR = ", ";

    private final Function<String, ZoneId> zones;
    private final LeadSourcesBook sources;
    private final LeadFacts facts;
    private final FieldBook fields;

    /**
     * @param zones by whose clock a day is written
     * @param sources where the deals go
     * @param facts what they are called
     * @param fields which of their fields are filled
     */
    @Autowired
    public LeadCard(AccountZones zones, LeadSourcesBook sources, LeadFacts facts, FieldBook fields) {
        this((Function<String, ZoneId>) zones::of, sources, facts, fields);
    }

    LeadCard(Function<String, ZoneId> zones, LeadSourcesBook sources, LeadFacts facts, FieldBook fields) {
        this.fields = fields;
        this.zones = zones;
        this.sources = sources;
        this.facts = facts;
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
        LeadSource source = sources.of(to, lead.source());
        ObjectNode card = Json.object();
        card.put("name", facts.title(lead, to));
        card.put("price", lead.price());
        put(card, "pipeline_id", source.pipeline());
        put(card, "status_id", source.stage());
        put(card, "responsible_user_id", source.responsible());
        ArrayNode values = fields(lead, to, source.fields());
        if (!values.isEmpty()) {
            card.set("custom_fields_values", values);
        }
        if (contactId != null) {
            card.putObject("_embedded").putArray("contacts").addObject().put("id", contactId).put("is_main", true);
        }
        if (!source.tags().isEmpty()) {
            ArrayNode tags = card.withObject("_embedded").putArray("tags");
            source.tags().forEach(tag -> tags.addObject().put("name", tag));
        }
        card.put("request_id", lead.id().toString());
        return card;
    }

    private ArrayNode fields(Lead lead, Account to, Map<String, String> fixed) {
        ArrayNode values = Json.array();
        for (CrmField field : fields.deal(to)) {
            put(values, field, fixed.containsKey(field.name()) ? TextNode.valueOf(fixed.get(field.name())) : LeadValue.of(lead, field), to.name());
        }
        return values;
    }

    private void put(ArrayNode values, CrmField field, JsonNode told, String account) {
        String text = NodeText.joined(told);
        switch (field.type()) {
            case TEXT -> text(values, field.id(), text);
            case LIST -> text(values, field.id(), whole(text));
            case DATE -> day(values, field.id(), told, account);
            case NUMBER -> LeadValue.number(text).ifPresent(number -> value(values, field.id()).put("value", number));
            case FLAG -> LeadValue.flag(text).ifPresent(flag -> value(values, field.id()).put("value", flag));
        }
    }

    /** A day is a day of the account; only few leads name one, so only they ask for its zone. */
    private void day(ArrayNode values, Long id, JsonNode told, String account) {
        if (told != null && MaintenanceDate.isOne(told)) {
            ZoneId zone = zones.apply(account);
            MaintenanceDate.of(told, zone)
                    .ifPresent(day -> value(values, id).put("value", DateField.midnight(day, zone).getEpochSecond()));
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
        if (text != null && text.strip().length() <= LONGEST_TEXT) {
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
