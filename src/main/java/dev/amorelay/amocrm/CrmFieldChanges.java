package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.settings.AccountSettings.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Who wrote the fields of deals that say whose a sale is: serial number, Telegram id and INN, by the account's event log. */
@Component
public class CrmFieldChanges {

    private static final Logger LOG = LoggerFactory.getLogger(CrmFieldChanges.class);
    private static final int MOST_IDS = 10;
    private static final int MOST_PAGES = 20;

    private final Gate gate;
    private final Accounts accounts;

    CrmFieldChanges(Gate gate, Accounts accounts) {
        this.gate = gate;
        this.accounts = accounts;
    }

    /**
     * Somebody has changed a field of a lead.
     *
     * @param lead amoCRM's id of the lead
     * @param field id of the field
     * @param author the user; 0 for a robot, an integration or the relay
     * @param at when
     * @param before its values until then, trimmed, none empty
     * @param after its values since
     */
    public record FieldChange(long lead, long field, long author, Instant at, List<String> before, List<String> after) {
    }

    /**
     * The fields of which it matters who wrote them.
     *
     * @param fields of the account's settings
     * @return ids of those that the account has
     */
    public static List<Long> ofOwners(Fields fields) {
        return Stream.of(fields.serialId(), fields.telegramId(), fields.innId()).filter(Objects::nonNull).toList();
    }

    /**
     * Reads the changes of those fields, ten leads a call (facts §5). Where the account refuses to tell, since one of the fields
     * is gone, say, each field counts as written by nobody that is known.
     *
     * @param account the configured name of the account; null = the default one
     * @param leads amoCRM's ids
     * @return the changes, newest first, each once or, where the log grows meanwhile, twice; of each ten leads the newest 2,000 at most
     */
    public List<FieldChange> read(@Nullable String account, Collection<Long> leads) {
        List<Long> ids = leads.stream().distinct().toList();
        List<Long> fields = ofOwners(accounts.named(account).settings().field());
        List<FieldChange> changes = new ArrayList<>();
        for (int from = 0; !fields.isEmpty() && from < ids.size(); from += MOST_IDS) {
            List<Long> some = ids.subList(from, Math.min(from + MOST_IDS, ids.size()));
            try {
                addChanges(Accounts.orDefault(account), fields, some, changes);
            } catch (CrmRejected rejected) {
                LOG.warn("amoCRM account {} does not tell who wrote the fields {} of leads {}, so nobody's word counts there: {}",
                        Accounts.orDefault(account), fields, some, rejected.getMessage());
                some.forEach(lead -> fields.forEach(field ->
                        changes.add(new FieldChange(lead, field, 0, Instant.MAX, List.of(), List.of()))));
            }
        }
        // of one second the log's own order counts
        changes.sort(Comparator.comparing(FieldChange::at).reversed());
        return changes;
    }

    private void addChanges(String account, List<Long> fields, List<Long> leads, List<FieldChange> changes) {
        String query = "filter[entity]=lead&limit=100"
                + fields.stream().map(id -> "&filter[type][]=custom_field_" + id + "_value_changed").collect(Collectors.joining())
                + leads.stream().map(id -> "&filter[entity_id][]=" + id).collect(Collectors.joining());
        for (int page = 1; page <= MOST_PAGES; page++) {
            CrmAnswer answer = gate.call(CrmCall.get(account, "/api/v4/events", page == 1 ? query : query + "&page=" + page));
            answer.embedded("events").forEach(event -> fields.stream().filter(field -> isOf(event, field))
                    .forEach(field -> changes.add(changeOf(event, field))));
            if (!answer.body().path("_links").has("next")) {
                return;
            }
        }
        LOG.warn("amoCRM account {}: the event log of leads {} has more than {} pages, older changes of fields are left out",
                account, leads, MOST_PAGES);
    }

    /** The type names the field; where it does not, the values do. */
    private static boolean isOf(JsonNode event, long field) {
        String type = event.path("type").asText();
        return type.equals("custom_field_" + field + "_value_changed") || type.equals("custom_field_value_changed")
                && Stream.of("value_after", "value_before").flatMap(key -> values(event.path(key)))
                        .anyMatch(value -> value.path("field_id").asLong() == field);
    }

    private static FieldChange changeOf(JsonNode event, long field) {
        return new FieldChange(event.path("entity_id").asLong(), field, event.path("created_by").asLong(),
                Instant.ofEpochSecond(event.path("created_at").asLong()),
                texts(event.path("value_before")), texts(event.path("value_after")));
    }

    private static List<String> texts(JsonNode told) {
        return values(told).map(value -> value.path("text").asText("").strip()).filter(text -> !text.isEmpty()).toList();
    }

    private static Stream<JsonNode> values(JsonNode told) {
        List<JsonNode> values = new ArrayList<>();
        told.forEach(value -> values.add(value.path("custom_field_value")));
        return values.stream();
    }
}
