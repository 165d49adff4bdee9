package dev.amorelay.deals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.CrmFieldChanges;
import dev.amorelay.amocrm.CrmFieldChanges.FieldChange;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.json.StoredJson;
import dev.amorelay.settings.AccountSettings.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Tells what a user of the CRM has written into a deal from what came through an open door: by the account's event log, and by what
 * our own leads have said. A claim that somebody saves once more unchanged stays a claim.
 */
@Component
public class FieldAuthors {

    private final JdbcTemplate jdbc;

    /**
     * @param jdbc the relay's database
     */
    public FieldAuthors(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells whether a deal says anything of which it matters who wrote it. */
    static boolean matter(Account account, JsonNode deal) {
        return CrmFieldChanges.ofOwners(account.settings().field()).stream()
                .anyMatch(field -> CustomFields.text(deal.path("custom_fields_values"), field) != null);
    }

    /**
     * What our leads have said of a deal, or of its contacts: a deal that is copied or merged by hand carries on what a form has told.
     *
     * @param isOurs whether one of our leads became this deal
     * @param values as {@link Claims} writes them
     */
    record Told(boolean isOurs, Set<String> values) {

        static final Told NOTHING = new Told(false, Set.of());
    }

    /**
     * The claims of won deals.
     *
     * @param account theirs
     * @param deals as API v4 shows them
     * @param changes of their fields, newest first
     * @return by amoCRM's id of the deal
     */
    Map<Long, Claims> claims(Account account, Collection<JsonNode> deals, List<FieldChange> changes) {
        Map<Long, Claims> claims = new HashMap<>();
        for (JsonNode deal : deals) {
            long id = deal.path("id").asLong();
            List<FieldChange> ofDeal = changes.stream().filter(change -> change.lead() == id).toList();
            claims.put(id, claims(account.settings().field(), deal, ofDeal,
                    matter(account, deal) ? told(account, deal) : Told.NOTHING));
        }
        return claims;
    }

    /**
     * The claims of one won deal.
     *
     * @param ids of the account's fields
     * @param deal as API v4 shows it
     * @param changes of its fields, newest first
     * @param told what our leads have said
     */
    static Claims claims(Fields ids, JsonNode deal, List<FieldChange> changes, Told told) {
        JsonNode fields = deal.path("custom_fields_values");
        List<String> claims = new ArrayList<>();
        String telegram = CustomFields.text(fields, ids.telegramId());
        if (telegram != null && (told.values().contains(Claims.telegram(telegram)) || !isOfUser(deal, ids.telegramId(), changes, told))) {
            claims.add(Claims.telegram(telegram));
        }
        boolean serialsOfUser = isOfUser(deal, ids.serialId(), changes, told);
        SerialNumbers.of(CustomFields.texts(fields, ids.serialId())).stream().map(Claims::serial)
                .filter(serial -> !serialsOfUser || told.values().contains(serial)).forEach(claims::add);
        String inn = CustomFields.text(fields, ids.innId());
        if (inn != null && !isOfUser(deal, ids.innId(), changes, told)) {
            claims.add(Claims.inn(inn));
        }
        return new Claims(claims);
    }

    /** Without a change in the log the value stands there since the deal was made, by whoever made it. */
    private static boolean isOfUser(JsonNode deal, Long field, List<FieldChange> changes, Told told) {
        boolean madeByRobot = told.isOurs() || deal.path("created_by").asLong() <= 0;
        List<FieldChange> ofField = changes.stream().filter(change -> Objects.equals(change.field(), field)).toList();
        if (ofField.isEmpty()) {
            return !madeByRobot;
        }
        Set<String> now = Set.copyOf(CustomFields.texts(deal.path("custom_fields_values"), field));
        FieldChange newest = ofField.get(0);
        boolean isTheUsers = newest.author() > 0 && now.equals(Set.copyOf(newest.after()));
        boolean aRobotSaidIt = ofField.stream().anyMatch(change -> change.author() <= 0 && now.equals(Set.copyOf(change.after())))
                || madeByRobot && now.equals(Set.copyOf(ofField.get(ofField.size() - 1).before()));
        return isTheUsers && !aRobotSaidIt;
    }

    private Told told(Account account, JsonNode deal) {
        long id = deal.path("id").asLong();
        String marker = CustomFields.text(deal.path("custom_fields_values"), account.settings().field().leadUuidId());
        List<Long> contacts = new ArrayList<>();
        deal.path("_embedded").path("contacts").forEach(contact -> contacts.add(contact.path("id").asLong()));
        Set<String> values = new HashSet<>();
        List<Boolean> ours = jdbc.query("""
                SELECT telegram_id, meta -> 'serial_number' AS serials,
                       coalesce(amo_lead_id = ?, false) OR id::text = ? AS is_it
                FROM leads WHERE account = ? AND (amo_lead_id = ? OR amo_contact_id = ANY (?) OR id = ?::uuid)""", (row, number) -> {
                    if (row.getString("telegram_id") != null) {
                        values.add(Claims.telegram(row.getString("telegram_id")));
                    }
                    List<String> serials = new ArrayList<>();
                    collect(StoredJson.orMissing(row.getString("serials"), "the serial numbers of a lead"), serials);
                    SerialNumbers.of(serials).stream().map(Claims::serial).forEach(values::add);
                    return row.getBoolean("is_it");
                }, id, marker == null ? "" : marker, account.name(), id, contacts.toArray(Long[]::new), uuid(marker));
        return ours.isEmpty() ? Told.NOTHING : new Told(ours.contains(true), values);
    }

    private static UUID uuid(String marker) {
        try {
            return marker == null ? null : UUID.fromString(marker);
        } catch (IllegalArgumentException e) {
            // somebody has written something else into the field
            return null;
        }
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isValueNode() && !node.isNull()) {
            texts.add(node.asText(""));
        }
        node.forEach(inner -> collect(inner, texts));
    }
}
