package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.ConfiguredValue.Place;
import dev.amorelay.work.Refused;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks for what an earlier attempt, whose answer never came, may have made. amoCRM keeps no key of a create: a lead is known by our
 * mark where the account has a field for it, everything else by what it looks like.
 */
@Component
class Twins {

    /** How long ago the earlier attempt may have been. */
    private static final Duration LONG_AGO = Duration.ofDays(7);

    private final CrmLeads crm;
    private final CrmSearch search;
    private final Accounts accounts;
    private final RefusedValues refused;

    Twins(CrmLeads crm, CrmSearch search, Accounts accounts, RefusedValues refused) {
        this.refused = refused;
        this.crm = crm;
        this.search = search;
        this.accounts = accounts;
    }

    /**
     * Makes what is to be created recognisable.
     *
     * @param kind as in {@link CrmEntities#create}
     * @param account the configured name of the account; null = the default one
     * @param items what is to be created; changed
     * @param owed whether it is owed, and a {@code request_id} that it has therefore one for ever
     * @param key the key of the effect; null where there are several
     * @return the same, each with a {@code request_id}; leads that are owed bear it, or the key, in the field for our mark
     */
    List<ObjectNode> recognisable(String kind, @Nullable String account, List<ObjectNode> items, boolean owed, @Nullable String key) {
        Long field = owed && kind.equals("leads") ? markField(account) : null;
        for (int i = 0; i < items.size(); i++) {
            ObjectNode item = items.get(i);
            String mark = item.path("request_id").asText(key == null ? null : key + ":" + i);
            if (field != null && mark != null && markOf(item, field) == null) {
                item.withArray("custom_fields_values").addObject().put("field_id", field)
                        .putArray("values").addObject().put("value", mark);
            }
            item.put("request_id", item.path("request_id").asText(String.valueOf(i)));
            spellOut(kind, item);
        }
        return items;
    }

    /** A note of which only the text is told is a common one, in amoCRM's words. */
    static void spellOut(String kind, ObjectNode item) {
        if (kind.endsWith("/notes") && item.has("text")) {
            item.put("note_type", "common").putObject("params").set("text", item.remove("text"));
        }
    }

    /**
     * Looks.
     *
     * @param kind as in {@link CrmEntities#create}
     * @param account the configured name of the account; null = the default one
     * @param wanted what is to be created, recognisable
     * @return amoCRM's id by {@code request_id}, of those that are there
     * @throws Refused when one of them looks like many others: whether it is there, a person has to tell
     */
    Map<String, Long> of(String kind, @Nullable String account, List<ObjectNode> wanted) {
        if (kind.equals("leads")) {
            return leads(account, wanted);
        }
        Map<String, Long> found = new HashMap<>();
        Set<Long> taken = new HashSet<>();
        for (ObjectNode item : wanted) {
            if (kind.equals("contacts") && fieldsOf(item).isEmpty()) {
                throw new Refused("an earlier attempt may have created the contact, which without phone and e-mail cannot be recognised");
            }
            candidates(kind, account, item).stream().filter(one -> likeness(kind).test(one, item))
                    .map(one -> one.path("id").asLong()).filter(taken::add).findFirst()
                    .ifPresent(id -> found.put(item.path("request_id").asText(), id));
        }
        return found;
    }

    private Map<String, Long> leads(String account, List<ObjectNode> wanted) {
        Long field = markField(account);
        Instant since = Instant.now().minus(LONG_AGO);
        if (field == null || !wanted.stream().allMatch(lead -> markOf(lead, field) != null)) {
            if (wanted.stream().anyMatch(lead -> lead.path("_embedded").path("contacts").isEmpty())) {
                throw new Refused("an earlier attempt may have created the lead, which without contact cannot be recognised:"
                        + " AMOCRM_FIELD_LEAD_UUID_ID gives it a mark");
            }
            return crm.findCreated(account, List.copyOf(wanted), null, since, id -> false);
        }
        Map<String, String> names = new HashMap<>();
        List<JsonNode> marked = new ArrayList<>();
        for (ObjectNode lead : wanted) {
            names.put(markOf(lead, field), lead.path("request_id").asText());
            marked.add(lead.deepCopy().put("request_id", markOf(lead, field)));
        }
        Map<String, Long> found = new HashMap<>();
        crm.findCreated(account, marked, field, since, id -> false).forEach((mark, id) -> found.put(names.get(mark), id));
        return found;
    }

    private static String markOf(JsonNode lead, Long field) {
        return CustomFields.text(lead.path("custom_fields_values"), field);
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

    static String nameOf(JsonNode person) {
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

    /** Null also where the account refuses the field: it was left out then, and a lead is known by what it looks like. */
    private Long markField(String account) {
        Long field = accounts.named(account).settings().field().leadUuidId();
        return field == null || refused.isRefused(Accounts.orDefault(account), Place.FIELD, field) ? null : field;
    }
}
