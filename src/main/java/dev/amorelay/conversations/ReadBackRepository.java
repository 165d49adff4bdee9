package dev.amorelay.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.database.SqlFile;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What webhooks alone have told, and what of it is known by now. Taken by lease: no lock is held while the CRM is asked. */
@Repository
class ReadBackRepository {

    /** After so many looks that found nothing it stays told, and is not known. */
    private static final int MOST_TRIES = 6;

    private static final String CLAIM = """
            UPDATE %1$s SET read_back_due = now() + interval '5 min', read_back_tries = read_back_tries + 1
            WHERE (account_id, %2$s) IN (SELECT account_id, %2$s FROM %1$s
                  WHERE read_back_at IS NULL AND read_back_due <= now() AND read_back_due < 'infinity'
                  ORDER BY read_back_due LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING account_id, %2$s AS id, %3$s AS entity, %4$s AS at, read_back_due AS due, read_back_tries AS tries""";

    private final NamedParameterJdbcTemplate sql;
    private final JdbcTemplate jdbc;
    private final String confirmTalk = SqlFile.read("conversations/confirm-talk.sql");
    private final String confirmNote = SqlFile.read("conversations/confirm-note.sql");
    private final String countNotes = SqlFile.read("deals/count-notes.sql");

    ReadBackRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    /** What was told. */
    enum Kind {
        /** A conversation. */
        TALK("conversations", "amocrm_talk_id", "NULL", "updated_at"),
        /** Something said in one. */
        MESSAGE("conversation_messages", "message_id", "NULL", "sent_at"),
        /** A note of an entity. */
        NOTE("crm_notes", "note_id", "entity_type", "updated_at");

        private final String table;
        private final String column;
        private final String entity;
        private final String at;

        Kind(String table, String column, String entity, String at) {
            this.table = table;
            this.column = column;
            this.entity = entity;
            this.at = at;
        }
    }

    /**
     * A row that is being looked at.
     *
     * @param accountId amoCRM's number of the account; 0 where the webhook did not tell it
     * @param id amoCRM's id of the talk, message or note
     * @param entity whose note it is, {@code lead}, {@code contact}, …; null for others
     * @param at when it happened, as the webhook told it; null where it did not
     * @param due the lease: a webhook that tells something else of the row moves it
     * @param tries how often it was looked at, this time included
     */
    record Told(Kind kind, long accountId, String id, String entity, OffsetDateTime at, OffsetDateTime due, int tries) {
    }

    /** Takes rows that are due, the longest waiting first. */
    List<Told> claim(Kind kind, int most) {
        return jdbc.query(CLAIM.formatted(kind.table, kind.column, kind.entity, kind.at), (row, number) -> new Told(kind,
                row.getLong("account_id"), row.getString("id"), row.getString("entity"), row.getObject("at", OffsetDateTime.class),
                row.getObject("due", OffsetDateTime.class), row.getInt("tries")), most);
    }

    /** Stores what the API told of a talk. */
    @Transactional
    public void confirmTalk(Told told, JsonNode known) {
        boolean isDeals = known.path("entity_type").asText("").startsWith("lead") && known.path("entity_id").asLong() != 0;
        sql.update(confirmTalk, key(told)
                .addValue("chat", known.path("chat_id").asText(null), Types.VARCHAR)
                .addValue("contact", known.path("contact_id").asLong() == 0 ? null : known.path("contact_id").asLong(), Types.BIGINT)
                .addValue("deal", isDeals ? known.path("entity_id").asText() : null, Types.VARCHAR)
                .addValue("origin", known.path("origin").asText(null), Types.VARCHAR)
                .addValue("inWork", flag(known.path("is_in_work")), Types.BOOLEAN)
                .addValue("read", flag(known.path("is_read")), Types.BOOLEAN));
    }

    /** Stores what the API told of a note, and counts those of its deal. */
    @Transactional
    public void confirmNote(Told told, JsonNode known) {
        JsonNode author = known.path("created_by");
        sql.update(confirmNote, key(told)
                .addValue("entity", known.path("entity_id").asText(), Types.VARCHAR)
                .addValue("text", NoteTold.of(known).text(), Types.VARCHAR)
                .addValue("author", author.isIntegralNumber() ? author.asLong() : null, Types.BIGINT));
        if ("lead".equals(told.entity())) {
            sql.update(countNotes, new MapSqlParameterSource("account", told.accountId()).addValue("deal", known.path("entity_id").asText()));
        }
    }

    /** The event log knows of a message; what it said was told together with its id. */
    void confirmMessage(Told told) {
        jdbc.update("UPDATE conversation_messages SET read_back_at = now() WHERE account_id = ? AND message_id = ? AND read_back_due = ?",
                told.accountId(), told.id(), told.due());
    }

    /** Nothing was found: later once more, after some times not any more. */
    void putOff(Collection<Told> all) {
        all.forEach(told -> jdbc.update("""
                UPDATE %s SET read_back_due = CASE WHEN read_back_tries < ? THEN now() + interval '1 min' * power(4, read_back_tries)
                                              ELSE 'infinity' END
                WHERE account_id = ? AND %s = ? AND read_back_due = ?""".formatted(told.kind().table, told.kind().column),
                MOST_TRIES, told.accountId(), told.id(), told.due()));
    }

    /** Nobody could be asked: that was no look. */
    void release(Collection<Told> all) {
        all.forEach(told -> jdbc.update("""
                UPDATE %s SET read_back_due = now() + interval '1 min', read_back_tries = read_back_tries - 1
                WHERE account_id = ? AND %s = ? AND read_back_due = ?""".formatted(told.kind().table, told.kind().column),
                told.accountId(), told.id(), told.due()));
    }

    private static MapSqlParameterSource key(Told told) {
        return new MapSqlParameterSource("account", told.accountId()).addValue("id", told.id())
                .addValue("due", told.due(), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static Boolean flag(JsonNode node) {
        return node.isBoolean() ? node.asBoolean() : null;
    }
}
