package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.StoredJson;
import dev.amorelay.work.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The stored leads. */
@Component
public class LeadBook {

    private static final String UNREADABLE = "Поля формы не читаются, они целиком в базе relay: таблица leads, заявка ";

    private final JdbcTemplate jdbc;

    /**
     * @param jdbc the relay's database
     */
    public LeadBook(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A lead.
     *
     * @param id our uuid of it
     * @return the lead
     * @throws Refused when it was erased
     */
    public Lead lead(String id) {
        return find(id).orElseThrow(() -> new Refused("lead " + id + " is not stored any more"));
    }

    /**
     * A lead, where it was not erased.
     *
     * @param id our uuid of it
     * @return the lead
     */
    public Optional<Lead> find(String id) {
        return jdbc.query("SELECT * FROM leads WHERE id = ?::uuid", LeadBook::lead, id).stream().findFirst();
    }

    /**
     * The contact of a lead.
     *
     * @param contact amoCRM's id
     * @param gaps what it does not have of what the lead says, see {@link ContactGaps}; null for nothing
     */
    public record Link(long contact, JsonNode gaps) {
    }

    /**
     * Remembers the contacts of leads as soon as they are known, so that a repeated attempt uses the same ones. A lead that is in
     * the CRM keeps its contact, and what was said of it: its notes may be there already.
     *
     * @param contacts the contact by our uuid of the lead
     */
    public void rememberContacts(Map<UUID, Link> contacts) {
        UUID[] ids = contacts.keySet().toArray(UUID[]::new);
        jdbc.update("""
                UPDATE leads SET amo_contact_id = (?::bigint[])[array_position(?::uuid[], id)],
                                 contact_gaps = (?::jsonb[])[array_position(?::uuid[], id)]
                WHERE id = ANY (?) AND amo_lead_id IS NULL""",
                contacts.values().stream().map(Link::contact).toArray(Long[]::new), ids,
                contacts.values().stream().map(link -> link.gaps() == null ? null : StoredJson.write(link.gaps())).toArray(String[]::new), ids, ids);
    }

    /**
     * The contacts of leads, as far as earlier steps have found or created them.
     *
     * @param ids our uuids of the leads
     * @return amoCRM's id of the contact by lead
     */
    public Map<UUID, Long> contacts(Collection<UUID> ids) {
        Map<UUID, Long> contacts = new HashMap<>();
        jdbc.query("SELECT id, amo_contact_id FROM leads WHERE id = ANY (?) AND amo_contact_id IS NOT NULL", row -> {
            contacts.put(row.getObject("id", UUID.class), row.getLong("amo_contact_id"));
        }, (Object) ids.toArray(UUID[]::new));
        return contacts;
    }

    /**
     * Forgets the contact of a lead, which the CRM does not have any more.
     *
     * @param id our uuid of the lead
     */
    public void forgetContact(UUID id) {
        jdbc.update("UPDATE leads SET amo_contact_id = NULL, contact_gaps = NULL WHERE id = ?", id);
    }

    /**
     * Which account a lead goes to.
     *
     * @param id our uuid of the lead
     * @return the configured name; null for a lead of before there were several
     */
    String account(String id) {
        return jdbc.queryForObject("SELECT account FROM leads WHERE id = ?::uuid", String.class, id);
    }

    /**
     * When a lead was stored.
     *
     * @param id our uuid of the lead
     * @return our clock
     */
    public Instant storedAt(UUID id) {
        return jdbc.queryForObject("SELECT created_at FROM leads WHERE id = ?", Timestamp.class, id).toInstant();
    }

    /**
     * Whether a lead of the CRM is one of ours.
     *
     * @param amoLead amoCRM's id
     * @return true when one of our leads was delivered as this one
     */
    public boolean isDelivered(long amoLead) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT FROM leads WHERE amo_lead_id = ?)", Boolean.class, amoLead));
    }

    /**
     * Notes that leads are in the CRM.
     *
     * @param amoLeads amoCRM's id by our uuid of the lead
     */
    public void delivered(Map<UUID, Long> amoLeads) {
        UUID[] ids = amoLeads.keySet().toArray(UUID[]::new);
        jdbc.update("""
                UPDATE leads SET status = 'sent', amo_lead_id = (?::bigint[])[array_position(?::uuid[], id)], delivered_at = now()
                WHERE id = ANY (?)""", amoLeads.values().toArray(Long[]::new), ids, ids);
    }

    /**
     * Notes what of leads does not get into their deals; a note of each deal tells it. What an earlier attempt left out is forgotten.
     *
     * @param sentences Russian sentences by our uuid of the lead
     */
    public void leaveOut(Map<UUID, List<String>> sentences) {
        sentences.forEach((id, some) -> jdbc.update("UPDATE leads SET left_out = to_jsonb(?::text[]) WHERE id = ?",
                some.toArray(String[]::new), id));
    }

    /**
     * What of a lead did not get into the CRM.
     *
     * @param id our uuid of the lead
     * @return a Russian sentence for each part
     */
    public List<String> leftOut(UUID id) {
        return jdbc.queryForList("SELECT jsonb_array_elements_text(left_out) FROM leads WHERE id = ?", String.class, id);
    }

    /**
     * Notes that the CRM refuses a lead.
     *
     * @param id our uuid of the lead
     */
    public void refused(UUID id) {
        jdbc.update("UPDATE leads SET status = 'failed' WHERE id = ?", id);
    }

    /** A lead is money: where its form's fields cannot be read, the person is called all the same. */
    private static Lead lead(ResultSet row, int number) throws SQLException {
        String id = row.getString("id");
        List<String> remarks = new ArrayList<>();
        StoredJson.orMissing(row.getString("remarks"), "the remarks of lead " + id).forEach(remark -> remarks.add(remark.asText()));
        JsonNode meta = StoredJson.orMissing(row.getString("meta"), "the fields of lead " + id);
        if (!meta.isObject()) {
            remarks.add(UNREADABLE + id);
        }
        JsonNode gaps = StoredJson.orMissing(row.getString("contact_gaps"), "the contact's gaps of lead " + id);
        return new Lead(row.getObject("id", UUID.class), row.getString("source"), row.getString("name"),
                row.getString("phone"), row.getString("phone_e164"), row.getString("email"), row.getString("message"),
                row.getObject("telegram_id", Long.class), row.getLong("price"), meta.isObject() ? meta : null, remarks,
                gaps.isMissingNode() ? null : gaps);
    }
}
