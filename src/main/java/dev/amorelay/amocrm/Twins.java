package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/**
 * Looks for what an earlier attempt, whose answer never came, may have made. amoCRM keeps no key of a create: a lead is known by our
 * mark where the account has a field for it, everything else by what it looks like.
 */
@Component
class Twins {

    /** How long ago the earlier attempt may have been. */
    private static final Duration LONG_AGO = Duration.ofDays(7);

    private final CrmLeads leads;
    private final CrmSearch search;
    private final Accounts accounts;

    Twins(CrmLeads leads, CrmSearch search, Accounts accounts) {
        this.leads = leads;
        this.search = search;
        this.accounts = accounts;
    }

    /**
     * Makes what is to be created recognisable.
     *
     * @param kind as in {@link CrmEntities#create}
     * @param account the configured name of the account; null = the default one
     * @param items what is to be created; changed
     * @param owed whether it is owed, and its {@code request_id} therefore one for ever
     * @return the same, each with a {@code request_id}; leads that are owed bear it in the field for our mark
     */
    List<ObjectNode> recognisable(String kind, String account, List<ObjectNode> items, boolean owed) {
        Long mark = owed && kind.equals("leads") ? markField(account) : null;
        for (int i = 0; i < items.size(); i++) {
            ObjectNode item = items.get(i);
            if (mark != null && item.hasNonNull("request_id") && CustomFields.text(item.path("custom_fields_values"), mark) == null) {
                item.withArray("custom_fields_values").addObject().put("field_id", mark)
                        .putArray("values").addObject().put("value", item.path("request_id").asText());
            }
            item.put("request_id", item.path("request_id").asText(String.valueOf(i)));
            if (kind.endsWith("/notes") && item.has("text")) {
                item.put("note_type", "common").putObject("params").set("text", item.remove("text"));
            }
        }
        return items;
    }

    /**
     * Looks.
     *
     * @param kind as in {@link CrmEntities#create}
     * @param account the configured name of the account; null = the default one
     * @param wanted what is to be created, recognisable
     * @return amoCRM's id by {@code request_id}, of those that are there
     */
    Map<String, Long> of(String kind, String account, List<ObjectNode> wanted) {
        if (kind.equals("leads")) {
            Long mark = markField(account);
            boolean marked = mark != null
                    && wanted.stream().allMatch(lead -> CustomFields.text(lead.path("custom_fields_values"), mark) != null);
            return leads.findCreated(account, List.copyOf(wanted), marked ? mark : null, Instant.now().minus(LONG_AGO), id -> false);
        }
        Map<String, Long> found = new HashMap<>();
        Set<Long> taken = new HashSet<>();
        for (ObjectNode item : wanted) {
            candidates(kind, account, item).stream().filter(one -> likeness(kind).test(one, item))
                    .map(one -> one.path("id").asLong()).filter(taken::add).findFirst()
                    .ifPresent(id -> found.put(item.path("request_id").asText(), id));
        }
        return found;
    }

    private List<JsonNode> candidates(String kind, String account, ObjectNode item) {
        if (kind.endsWith("/notes")) {
            return search.notes(kind.substring(0, kind.indexOf('/')), account, List.of(item.path("entity_id").asLong()));
        }
        if (kind.equals("tasks")) {
            return item.has("entity_id")
                    ? search.tasks(item.path("entity_type").asText(), account, List.of(item.path("entity_id").asLong()), false)
                    : search.list(account, kind, "order[created_at]=desc");
        }
        for (String code : List.of("PHONE", "EMAIL")) {
            for (String value : CustomFields.texts(item.path("custom_fields_values"), code)) {
                boolean isPhone = code.equals("PHONE") && !CrmSearch.lastDigits(value).isEmpty();
                return search.find(kind, account, isPhone ? "phone" : "text", value);
            }
        }
        return search.find(kind, account, "text", nameOf(item));
    }

    private static BiPredicate<JsonNode, JsonNode> likeness(String kind) {
        return kind.endsWith("/notes")
                ? (found, wanted) -> same(found, wanted, "note_type") && same(found.path("params"), wanted.path("params"), "text")
                : kind.equals("tasks") ? (found, wanted) -> same(found, wanted, "text") && same(found, wanted, "entity_id")
                : (found, wanted) -> nameOf(found).equals(nameOf(wanted)) && fieldsOf(found).containsAll(fieldsOf(wanted))
                        // an older one of the same name is another person
                        && found.path("created_at").asLong() >= Instant.now().minus(LONG_AGO).getEpochSecond();
    }

    private static boolean same(JsonNode found, JsonNode wanted, String key) {
        return found.path(key).asText("").equals(wanted.path(key).asText(""));
    }

    private static String nameOf(JsonNode person) {
        return person.has("name") ? person.path("name").asText()
                : (person.path("first_name").asText() + " " + person.path("last_name").asText()).strip();
    }

    /** Phones and e-mails; of other fields nobody knows how amoCRM shows them back. */
    private static List<String> fieldsOf(JsonNode person) {
        List<String> values = new ArrayList<>();
        StreamSupport.stream(person.path("custom_fields_values").spliterator(), false).forEach(field -> {
            String code = field.path("field_code").asText();
            if (code.equals("EMAIL") || code.equals("PHONE")) {
                field.path("values").forEach(value -> values.add(code.equals("EMAIL") ? value.path("value").asText().toLowerCase(Locale.ROOT)
                        : value.path("value").asText().replaceAll("\\D", "")));
            }
        });
        return values;
    }

    private Long markField(String account) {
        return accounts.named(account).settings().field().leadUuidId();
    }
}
