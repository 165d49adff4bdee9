package dev.amorelay.deals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.FieldBook;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A deal's custom fields as a plain map, so that flows read them by name. */
@Component
class DealFields {

    private final FieldBook book;

    DealFields(FieldBook book) {
        this.book = book;
    }

    /**
     * All fields that hold something: {@code {"serial": "SN-1", "Город": "Тула", "712629": "SN-1"}}.
     *
     * @param account whose fields they are
     * @param fields {@code custom_fields_values} of API v4
     * @return a value, or a list where a field has several, by our name ({@code serial}, {@code model}, …, names of the metadata), by the
     *     CRM's name, and by the field's id; a number stays a number
     */
    Map<String, Object> byName(Account account, JsonNode fields) {
        Map<Long, Object> values = new LinkedHashMap<>();
        Map<String, Object> named = new LinkedHashMap<>();
        for (JsonNode field : fields) {
            Object value = value(field.path("values"));
            if (value != null) {
                values.put(field.path("field_id").asLong(), value);
                named.put(field.path("field_id").asText(), value);
                named.put(field.path("field_name").asText(field.path("field_id").asText()), value);
            }
        }
        // ours come last, so that no name in the CRM hides one of them
        book.metadata(account).forEach((name, id) -> put(named, name, values.get(id)));
        ours(account.settings().field()).forEach((name, id) -> put(named, name, values.get(id)));
        return named;
    }

    private static Map<String, Long> ours(Fields field) {
        Map<String, Long> ours = new LinkedHashMap<>();
        ours.put("serial", field.serialId());
        ours.put("model", field.modelId());
        ours.put("telegram", field.telegramId());
        ours.put("configuration", field.configurationId());
        ours.put("next_maintenance", field.nextMaintenanceId());
        ours.put("inn", field.innId());
        ours.put("lead_uuid", field.leadUuidId());
        return ours;
    }

    private static void put(Map<String, Object> named, String name, Object value) {
        if (value == null) {
            named.remove(name);
        } else {
            named.put(name, value);
        }
    }

    private static Object value(JsonNode values) {
        List<Object> all = new ArrayList<>();
        for (JsonNode value : values) {
            JsonNode content = value.isObject() ? value.path("value") : value;
            if (!content.isMissingNode() && !content.isNull() && !content.asText("-").isBlank()) {
                all.add(Json.MAPPER.convertValue(content, Object.class));
            }
        }
        return all.isEmpty() ? null : all.size() == 1 ? all.get(0) : all;
    }
}
