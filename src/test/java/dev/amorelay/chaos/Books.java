package dev.amorelay.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

/** What is written of a scenario: in the relay's database, and in that of the world outside. Keys are tokens, deals, phones or chats. */
final class Books {

    /**
     * An event of a hook: one, and one more for each certain repeat that was stored all the same; and how many rows were worked on. Told
     * again after something else was told of its deal, it is in doubt and a row of its own: by what is owed, nothing happens twice.
     */
    record Event(long stored, long processed) {
        static final Event NONE = new Event(0, 0);
    }

    /**
     * Notes of a lead in the CRM, and how many of them differ. What a lead says beside a contact that the CRM knows already is
     * told in a note of its own, which is counted only where it is there twice: who comes first is not the script's to say.
     */
    record Notes(long all, long different) {
        static final Notes NONE = new Notes(0, 0);
    }

    /** Mails about a lead, and how many Message-IDs they have. */
    record Copies(long all, long different) {
        static final Copies NONE = new Copies(0, 0);
    }

    private static final ResultSetExtractor<Map<String, Long>> COUNTS = rows -> {
        Map<String, Long> counts = new HashMap<>();
        while (rows.next()) {
            counts.put(rows.getString(1), rows.getLong(2));
        }
        return counts;
    };

    private final JdbcTemplate relay;
    private final JdbcTemplate outside;
    private final String like;
    private final String token;

    /**
     * @param scenario whose messages are looked for
     * @param relay the relay's database
     * @param outside the database of CRM, mailbox and chats
     */
    Books(String scenario, JdbcTemplate relay, JdbcTemplate outside) {
        this.relay = relay;
        this.outside = outside;
        this.like = "%" + scenario + "-%";
        this.token = scenario + "-\\d+";
    }

    Map<String, Long> storedLeads() {
        return relay.query("SELECT substring(name FROM ?) AS token, count(*) FROM leads WHERE name LIKE ? GROUP BY 1", COUNTS, token, like);
    }

    Map<String, Event> events() {
        Map<String, Event> events = new HashMap<>();
        relay.query("""
                WITH told AS (
                    SELECT id, ts, amocrm_entity_id AS deal, payload ->> 'name' AS token, processed AND outcome = 'done' AS done,
                           lag(id) OVER again AS before_id, lag(ts) OVER again AS before_ts
                    FROM amocrm_webhook_events WHERE payload ->> 'name' LIKE ?
                    WINDOW again AS (PARTITION BY event_type, amocrm_entity_id, payload ORDER BY id))
                SELECT token, count(*) FILTER (WHERE before_id IS NULL OR NOT EXISTS (
                           SELECT FROM told other WHERE other.deal = told.deal AND other.token <> told.token
                           AND (other.id > told.before_id OR other.ts > told.before_ts) AND (other.id < told.id OR other.ts < told.ts))),
                       count(*) FILTER (WHERE done)
                FROM told GROUP BY 1""", row -> {
            events.put(row.getString(1), new Event(row.getLong(2), row.getLong(3)));
        }, like);
        return events;
    }

    Set<String> deals() {
        return new HashSet<>(relay.queryForList("SELECT amocrm_deal_id FROM amocrm_deals WHERE NOT deleted", String.class));
    }

    /** @return machines by deal: each sale is of one */
    Map<String, Long> machines() {
        return relay.query("SELECT amocrm_deal_id, count(*) FROM machine_instances WHERE serial_number LIKE ? GROUP BY 1", COUNTS, like);
    }

    /** @return serial numbers whose message may have arrived, and was left to a person for that */
    Set<String> doubtfulMessages() {
        return new HashSet<>(relay.queryForList("""
                SELECT subject_id FROM outbox WHERE kind = 'telegram.machine-registered' AND subject_id LIKE ?
                AND status = 'dead' AND last_error LIKE '%may have arrived%'""", String.class, like));
    }

    Map<String, Long> crmLeads() {
        return outside.query("SELECT substring(doc ->> 'name' FROM ?), count(*) FROM sandbox.documents"
                + " WHERE kind = 'lead' AND doc ->> 'name' LIKE ? GROUP BY 1", COUNTS, token, like);
    }

    Map<String, Notes> crmNotes() {
        Map<String, Notes> notes = new HashMap<>();
        outside.query("""
                SELECT substring(lead.doc ->> 'name' FROM ?),
                       count(*) - count(DISTINCT note.doc #>> '{params,text}') FILTER (WHERE note.doc #>> '{params,text}' LIKE '%Контакт уже есть%'),
                       count(DISTINCT note.doc #>> '{params,text}') FILTER (WHERE note.doc #>> '{params,text}' NOT LIKE '%Контакт уже есть%')
                FROM sandbox.documents lead
                JOIN sandbox.documents note ON note.kind = 'note' AND (note.doc ->> 'entity_id')::bigint = lead.id
                WHERE lead.kind = 'lead' AND lead.doc ->> 'name' LIKE ? GROUP BY 1""", row -> {
            notes.put(row.getString(1), new Notes(row.getLong(2), row.getLong(3)));
        }, token, like);
        return notes;
    }

    /** @return contacts by phone; a contact that several scenarios share counts once */
    Map<String, Long> crmContacts() {
        return outside.query("""
                SELECT told.entry ->> 'value', count(DISTINCT id) FROM sandbox.documents,
                       jsonb_array_elements(doc -> 'custom_fields_values') AS field(entry), jsonb_array_elements(field.entry -> 'values') AS told(entry)
                WHERE kind = 'contact' AND doc ->> 'name' LIKE ? AND field.entry ->> 'field_code' = 'PHONE' GROUP BY 1""", COUNTS, like);
    }

    /** @return tasks by deal */
    Map<String, Long> tasks() {
        return outside.query("SELECT doc ->> 'entity_id', count(*) FROM sandbox.documents WHERE kind = 'task' GROUP BY 1", COUNTS);
    }

    Map<String, Copies> mails() {
        Map<String, Copies> mails = new HashMap<>();
        outside.query("SELECT substring(body FROM ?), count(*), count(DISTINCT message_id) FROM sandbox.mails WHERE body LIKE ? GROUP BY 1", row -> {
            mails.put(row.getString(1), new Copies(row.getLong(2), row.getLong(3)));
        }, token, like);
        return mails;
    }

    /** @return messages by chat */
    Map<String, Long> chatMessages() {
        return outside.query("SELECT chat_id, count(*) FROM sandbox.chat_messages WHERE text LIKE ? GROUP BY 1", COUNTS, like);
    }
}
