package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.CrmField;
import dev.amorelay.json.Json;
import dev.amorelay.phone.Phones;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** The person of a lead as amoCRM API v4 takes it: one element of the array that {@code POST /api/v4/contacts} wants. */
@Component
public class ContactCard {

    private static final String NAMELESS = "Новый клиент";
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TEXT = 256;
    private static final String FIELDS = "custom_fields_values";

    /**
     * Maps a lead to a new contact.
     *
     * @param lead any lead
     * @return the create JSON: name, a work phone where one could be read (one that no numbering plan has as it was typed), a
     *     work e-mail where something has the shape of one,
     *     {@code request_id} = the lead's uuid
     */
    public ObjectNode card(Lead lead) {
        String name = Lines.cut(Lines.one(lead.name()), LONGEST_NAME);
        ObjectNode card = Json.object();
        card.put("name", name.isEmpty() ? NAMELESS : name);
        ArrayNode fields = Json.array();
        work(fields, "PHONE", phone(lead));
        work(fields, "EMAIL", lead.address());
        if (!fields.isEmpty()) {
            card.set(FIELDS, fields);
        }
        card.put("request_id", lead.id().toString());
        return card;
    }

    /**
     * Maps a lead to a new contact with the account's own fields, see {@code deal/fields.yaml}.
     *
     * @param lead any lead
     * @param some the fields that contacts of the account have
     * @return the create JSON
     */
    public ObjectNode card(Lead lead, Collection<CrmField> some) {
        ObjectNode card = card(lead);
        ArrayNode fields = card.path(FIELDS).isArray() ? (ArrayNode) card.get(FIELDS) : Json.array();
        for (CrmField field : some) {
            String text = NodeText.joined(LeadValue.of(lead, field));
            if (text != null && text.strip().length() <= LONGEST_TEXT) {
                ObjectNode one = fields.addObject();
                if (field.id() != null) {
                    one.put("field_id", field.id());
                } else {
                    one.put("field_code", field.code());
                }
                one.putArray("values").addObject().put("value", text.strip());
            }
        }
        if (!fields.isEmpty()) {
            card.set(FIELDS, fields);
        }
        return card;
    }

    private static String phone(Lead lead) {
        return Phones.first(lead.phone()).filter(phone -> !phone.inPlan() && phone.e164().equals(lead.phoneE164()))
                .map(phone -> Lines.one(phone.typed())).orElse(lead.phoneE164());
    }

    private static void work(ArrayNode fields, String code, String value) {
        if (value != null) {
            fields.addObject().put("field_code", code)
                    .putArray("values").addObject().put("value", value).put("enum_code", "WORK");
        }
    }
}
