package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code custom_fields_values} of API v4. */
public final class CustomFields {

    private CustomFields() {
    }

    /**
     * The first value of a field.
     *
     * @param fields {@code custom_fields_values}: an array, null or missing
     * @param id the field's id; null where the account has no such field
     * @return its text, trimmed; null when the field is absent or empty
     */
    public static @Nullable String text(@Nullable JsonNode fields, @Nullable Long id) {
        return texts(fields, id).stream().findFirst().orElse(null);
    }

    /**
     * All values of a field: a list of options has several, and who fills it in chooses.
     *
     * @param fields {@code custom_fields_values}: an array, null or missing
     * @param id the field's id; null where the account has no such field
     * @return its texts, trimmed, none empty
     */
    public static List<String> texts(@Nullable JsonNode fields, @Nullable Long id) {
        for (JsonNode field : fields) {
            if (id != null && field.path("field_id").asLong() == id) {
                return texts(field);
            }
        }
        return List.of();
    }

    /**
     * All values of a system field.
     *
     * @param fields {@code custom_fields_values}: an array, null or missing
     * @param code {@code PHONE}, {@code EMAIL}, …
     * @return its texts, trimmed, none empty
     */
    public static List<String> texts(@Nullable JsonNode fields, String code) {
        for (JsonNode field : fields) {
            if (code.equals(field.path("field_code").asText())) {
                return texts(field);
            }
        }
        return List.of();
    }

    private static List<String> texts(JsonNode field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : field.path("values")) {
            // a bare scalar is tolerated beside {value, enum_id}
            JsonNode content = value.isObject() ? value.path("value") : value;
            String text = content.isValueNode() && !content.isNull() ? content.asText().trim() : "";
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }
}
