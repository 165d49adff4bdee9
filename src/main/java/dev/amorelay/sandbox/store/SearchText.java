package dev.amorelay.sandbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.util.Locale;

/** What {@code ?query=} looks into: the name and every filled field; of phones the digits too (facts §5). */
final class SearchText {

    private SearchText() {
    }

    static String of(JsonNode doc) {
        StringBuilder text = new StringBuilder(doc.path("name").asText(""));
        for (JsonNode field : doc.path("custom_fields_values")) {
            for (JsonNode value : field.path("values")) {
                String written = value.path("value").asText("");
                text.append('\n').append(written);
                if ("PHONE".equals(field.path("field_code").asText())) {
                    text.append('\n').append(written.replaceAll("\\D", ""));
                }
            }
        }
        return Json.storable(text.toString().toLowerCase(Locale.ROOT));
    }
}
