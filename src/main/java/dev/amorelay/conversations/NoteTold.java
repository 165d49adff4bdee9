package dev.amorelay.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A note as a hook tells it (facts §6.3), or a flow beside us in the words of API v4.
 *
 * @param entityType {@code lead}, {@code contact}, {@code company}, {@code customer} or {@code other}
 * @param entity id of what it hangs on
 * @param type amoCRM's number or word for its kind; null where it tells none
 * @param text null where it has none, as notes about calls and files
 * @param author id of the user; 0 = a robot, null where it tells none
 * @param createdAt null where it tells none
 * @param updatedAt null where it tells none
 */
record NoteTold(String entityType, String entity, @Nullable String type, @Nullable String text, @Nullable Long author,
                @Nullable OffsetDateTime createdAt,
                @Nullable OffsetDateTime updatedAt) {

    private static final Map<String, String> ENTITIES = Map.of("1", "contact", "2", "lead", "3", "company", "12", "customer",
            "contacts", "contact", "leads", "lead", "companies", "company", "customers", "customer");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    static NoteTold of(JsonNode told) {
        String kind = told.path("element_type").asText(told.path("entity_type").asText(""));
        String text = told.path("text").isValueNode() ? told.path("text").asText() : told.path("params").path("text").asText(null);
        String author = told.path("created_by").asText("");
        return new NoteTold(ENTITIES.getOrDefault(kind, "other"), told.path("element_id").asText(told.path("entity_id").asText("")),
                told.path("note_type").asText(null), text, NUMBER.matcher(author).matches() ? Long.valueOf(author) : null,
                moment(told.path("created_at").asText("")), moment(told.path("updated_at").asText("")));
    }

    /** @return id of the deal; null where it is no deal's */
    @Nullable String deal() {
        return entityType.equals("lead") ? entity : null;
    }

    /** @return id of the contact; null where it is no contact's */
    @Nullable Long contact() {
        return entityType.equals("contact") && NUMBER.matcher(entity).matches() ? Long.valueOf(entity) : null;
    }

    private static OffsetDateTime moment(String seconds) {
        return SECONDS.matcher(seconds).matches() ? Instant.ofEpochSecond(Long.parseLong(seconds)).atOffset(ZoneOffset.UTC) : null;
    }
}
