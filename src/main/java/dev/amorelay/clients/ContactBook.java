package dev.amorelay.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/** Our copy of the CRM's contacts: how a phone or a contact leads to a client. */
@Component
public class ContactBook {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate sql;
    private final String statement = SqlFile.read("clients/store-contact.sql");

    /**
     * @param jdbc the relay's database
     */
    public ContactBook(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    /**
     * To be noted before a read from the CRM.
     *
     * @return tells this read from those before and after
     */
    public ReadMark mark() {
        return new ReadMark(jdbc.queryForObject("SELECT nextval('crm_reads')", Long.class), Instant.now());
    }

    /**
     * Stores contacts; older data never overwrites newer. Their rows stay locked until the commit, in the
     * order of their ids, so that two workers who meet the same new contact take turns.
     *
     * @param account amoCRM's number of the account
     * @param contacts as read from the CRM, or as created there
     * @param mark noted just before
     */
    public void store(long account, Collection<Contact> contacts, ReadMark mark) {
        sql.batchUpdate(statement, contacts.stream().sorted(Comparator.comparingLong(Contact::id))
                .map(contact -> new MapSqlParameterSource()
                        .addValue("account", account)
                        .addValue("id", contact.id())
                        .addValue("name", contact.name())
                        .addValue("phones", contact.phones().toArray(String[]::new))
                        .addValue("emails", contact.emails().toArray(String[]::new))
                        .addValue("updatedAt", contact.updatedAt() == null ? null : Timestamp.from(contact.updatedAt()), Types.TIMESTAMP)
                        .addValue("full", StoredJson.write(contact.full()))
                        .addValue("readAt", Timestamp.from(mark.at()))
                        .addValue("readNo", mark.number()))
                .toArray(SqlParameterSource[]::new));
    }

    /**
     * Contacts as read within the last hour; contact events keep them current, and the hour mends what no event told.
     *
     * @param account amoCRM's number of the account
     * @param ids amoCRM's ids
     * @return those we have, as API v4 showed them
     */
    public List<JsonNode> fresh(long account, Collection<Long> ids) {
        return jdbc.query("""
                SELECT full_data FROM amocrm_contacts
                WHERE account_id = ? AND contact_id = ANY (?) AND full_data IS NOT NULL AND NOT deleted
                  AND read_at > now() - interval '1 hour'""",
                (row, number) -> StoredJson.orMissing(row.getString(1), "a contact's copy"), account, ids.toArray(Long[]::new))
                .stream().filter(JsonNode::isObject).toList();
    }

    /**
     * Contacts as we have read them last, however long ago.
     *
     * @param account amoCRM's number of the account
     * @param ids amoCRM's ids
     * @return those we have, as API v4 showed them, by id; those of which only a phone is known are left out
     */
    public Map<Long, JsonNode> full(long account, Collection<Long> ids) {
        Map<Long, JsonNode> full = new HashMap<>();
        jdbc.query("SELECT contact_id, full_data FROM amocrm_contacts WHERE account_id = ? AND contact_id = ANY (?) AND full_data IS NOT NULL",
                row -> {
                    JsonNode known = StoredJson.orMissing(row.getString("full_data"), "the copy of contact " + row.getLong("contact_id"));
                    if (known.isObject()) {
                        full.put(row.getLong("contact_id"), known);
                    }
                }, account, ids.toArray(Long[]::new));
        return full;
    }

    /**
     * Contacts that we have a copy of, however old.
     *
     * @param account amoCRM's number of the account
     * @param ids amoCRM's ids
     * @return those of them that we have
     */
    public Set<Long> known(long account, Collection<Long> ids) {
        return Set.copyOf(jdbc.queryForList(
                "SELECT contact_id FROM amocrm_contacts WHERE account_id = ? AND contact_id = ANY (?) AND NOT deleted",
                Long.class, account, ids.toArray(Long[]::new)));
    }

    /**
     * Marks contacts that the CRM no longer shows; one that was seen there by a later read stays.
     *
     * @param account amoCRM's number of the account
     * @param ids amoCRM's ids
     * @param mark noted just before the read that did not show them
     */
    public void markDeleted(long account, Collection<Long> ids, ReadMark mark) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.update("""
                UPDATE amocrm_contacts SET deleted = true, read_at = ?, read_no = ?
                WHERE account_id = ? AND contact_id = ANY (?) AND read_no <= ?""",
                Timestamp.from(mark.at()), mark.number(), account, ids.toArray(Long[]::new), mark.number());
    }

    /**
     * Deals of which we know that they bear one of these contacts. Deleted contacts leave them, and merged ones hand
     * them on, without a word about the deals.
     *
     * @param account amoCRM's number of the account
     * @param contact amoCRM's id
     * @return amoCRM's ids of the deals
     */
    public List<String> dealsOf(long account, long contact) {
        return jdbc.queryForList("""
                SELECT amocrm_deal_id FROM amocrm_deals
                WHERE account_id = ? AND NOT deleted
                  AND client_id IN (SELECT client_id FROM amocrm_contacts WHERE account_id = ? AND contact_id = ?)
                  AND deal_full_data -> '_embedded' -> 'contacts' @> jsonb_build_array(jsonb_build_object('id', ?::bigint))
                ORDER BY id""", String.class, account, account, contact, contact);
    }

    /**
     * The oldest contacts of certain persons.
     *
     * @param account amoCRM's number of the account
     * @param persons phones in E.164, e-mails in small letters
     * @return amoCRM's id of the contact by person; what is not known is left out
     */
    public Map<String, Long> contactsOf(long account, Collection<String> persons) {
        Map<String, Long> known = new HashMap<>();
        jdbc.query("""
                SELECT person, min(contact_id) AS contact_id
                FROM unnest(?::text[]) AS wanted(person)
                JOIN amocrm_contacts ON phones @> ARRAY[person] OR lowered(emails) @> ARRAY[person]
                WHERE account_id = ? AND NOT deleted
                GROUP BY person""", row -> {
            known.put(row.getString("person"), row.getLong("contact_id"));
        }, persons.toArray(String[]::new), account);
        return known;
    }

    /**
     * Remembers the phones by which contacts were found, though they may be written in a way that we cannot read; what
     * the CRM tells of them later replaces this.
     *
     * @param account amoCRM's number of the account
     * @param found amoCRM's id of the contact by phone in E.164
     */
    public void remember(long account, Map<String, Long> found) {
        jdbc.update("""
                INSERT INTO amocrm_contacts AS known (account_id, contact_id, phones)
                SELECT ?, contact, array_agg(phone) FROM unnest(?::text[], ?::bigint[]) AS found(phone, contact)
                GROUP BY contact ORDER BY contact
                ON CONFLICT (account_id, contact_id) DO UPDATE SET phones = known.phones || excluded.phones
                WHERE NOT known.phones @> excluded.phones""", account,
                found.keySet().toArray(String[]::new), found.values().toArray(Long[]::new));
    }
}
