package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.JsonBody;
import dev.amorelay.phone.Phones;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Searches leads, contacts and companies, and lists what hangs on them, for the connectors in {@code routes/kamelets}. */
@Component
public class CrmSearch {

    private static final int DIGITS = 10;

    private final Gate gate;

    CrmSearch(Gate gate) {
        this.gate = gate;
    }

    /**
     * Searches. amoCRM's search is a substring search over all fields (facts §5), so that by phone or e-mail each hit is verified.
     * What was created a moment ago may not be found yet.
     *
     * @param kind {@code leads}, {@code contacts} or {@code companies}
     * @param account the configured name of the account; null = the default one
     * @param by {@code text} for whatever amoCRM finds, {@code phone} or {@code email}
     * @param wanted what to look for; a phone in any form, of which the last ten digits count
     * @return up to 250, the oldest first; none for an empty text, or a phone of less than ten digits
     */
    public List<JsonNode> find(String kind, @Nullable String account, String by, String wanted) {
        String text = wanted == null ? "" : wanted.strip();
        Predicate<JsonNode> isMeant = switch (by) {
            case "text" -> found -> true;
            case "email" -> found -> values(found, "EMAIL").stream().anyMatch(text::equalsIgnoreCase);
            case "phone" -> found -> values(found, "PHONE").stream().anyMatch(phone -> isSame(phone, text));
            default -> throw new IllegalArgumentException("searched is by text, phone or email, not by " + by);
        };
        String query = by.equals("phone") ? lastDigits(text) : text;
        if (query.isEmpty()) {
            return List.of();
        }
        return list(account, kind, "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + (kind.equals("leads") ? "&with=contacts" : "")).stream().filter(isMeant)
                .sorted(Comparator.comparingLong((JsonNode found) -> found.path("created_at").asLong())
                        .thenComparingLong(found -> found.path("id").asLong())).toList();
    }

    /**
     * The tasks of entities.
     *
     * @param entity {@code leads}, {@code contacts} or {@code companies}
     * @param account the configured name of the account; null = the default one
     * @param ids amoCRM's ids of the entities, as {@link JsonBody#ids} takes them
     * @param open whether only those that are not completed
     * @return up to 250 tasks; none, and no call, for no ids
     */
    public List<JsonNode> tasks(String entity, @Nullable String account, Object ids, boolean open) {
        List<Long> numbers = JsonBody.ids(ids);
        return numbers.isEmpty() ? List.of() : list(account, "tasks", "filter[entity_type]=" + entity
                + (open ? "&filter[is_completed]=0" : "")
                + numbers.stream().map(id -> "&filter[entity_id][]=" + id).collect(Collectors.joining()));
    }

    /**
     * The common notes of entities, one call an entity.
     *
     * @param entity {@code leads}, {@code contacts} or {@code companies}
     * @param account the configured name of the account; null = the default one
     * @param ids amoCRM's ids of the entities, as {@link JsonBody#ids} takes them
     * @return the notes, of each entity the newest 250, newest first
     */
    public List<JsonNode> notes(String entity, @Nullable String account, Object ids) {
        return notes(entity, account, ids, "common", "");
    }

    /**
     * The notes of entities that are of one type and contain a text, one call an entity.
     *
     * @param entity {@code leads}, {@code contacts} or {@code companies}
     * @param account the configured name of the account; null = the default one
     * @param ids amoCRM's ids of the entities, as {@link JsonBody#ids} takes them
     * @param type amoCRM's word for it: {@code common}, {@code call_in}, {@code sms_out} …
     * @param containing a part of the note's text, in letters of any size; empty = any
     * @return the notes, of the newest 250 of each entity, newest first
     */
    public List<JsonNode> notes(String entity, @Nullable String account, Object ids, String type, String containing) {
        // amoCRM does not search the texts of notes
        String part = containing == null ? "" : containing.strip().toLowerCase(Locale.ROOT);
        return JsonBody.ids(ids).stream().flatMap(id -> list(account, entity + "/" + id + "/notes", "notes",
                        "filter[note_type]=" + URLEncoder.encode(type, StandardCharsets.UTF_8) + "&order[updated_at]=desc").stream())
                .filter(note -> note.path("params").path("text").asText("").toLowerCase(Locale.ROOT).contains(part)).toList();
    }

    List<JsonNode> list(String account, String kind, String query) {
        return list(account, kind, kind, query);
    }

    private List<JsonNode> list(String account, String path, String name, String query) {
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), "/api/v4/" + path, query + "&limit=250"));
        return StreamSupport.stream(answer.embedded(name).spliterator(), false).toList();
    }

    private static List<String> values(JsonNode entity, String code) {
        return CustomFields.texts(entity.path("custom_fields_values"), code);
    }

    /** Where the wanted one can be read it has to be the same number: a taxpayer's number in a phone field has ten digits as well. */
    private static boolean isSame(String phone, String wanted) {
        return Phones.e164(wanted).isPresent() ? Phones.same(phone, wanted) : lastDigits(phone).equals(lastDigits(wanted));
    }

    /** The last ten digits of a phone; empty where there are less. */
    static String lastDigits(String phone) {
        String digits = phone.replaceAll("\\D", "");
        return digits.length() < DIGITS ? "" : digits.substring(digits.length() - DIGITS);
    }
}
