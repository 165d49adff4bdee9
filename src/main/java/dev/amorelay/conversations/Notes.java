package dev.amorelay.conversations;

import dev.amorelay.database.SqlFile;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.EventGroup;
import dev.amorelay.webhooks.Inbox;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the CRM's notes, linked with the client and the deal they are about. */
@Component("conversationNotes")
public class Notes {

    private final NamedParameterJdbcTemplate sql;
    private final Inbox inbox;
    private final String store = SqlFile.read("conversations/store-note.sql");

    /**
     * @param jdbc the relay's database
     * @param inbox where the events are settled
     */
    public Notes(JdbcTemplate jdbc, Inbox inbox) {
        this.sql = new NamedParameterJdbcTemplate(jdbc);
        this.inbox = inbox;
    }

    /**
     * Stores notes and settles the events, in one commit. What the hook alone told is marked so until it was
     * read back, see {@link ReadBack}.
     *
     * @param group {@code note} events; one without an id is kept as an event only
     */
    @Transactional
    public void keep(@Body EventGroup group) {
        // in one order: two workers never wait for each other crosswise
        List<Event> events = group.events().stream().filter(event -> event.entityId() != null)
                .sorted(Comparator.comparing(Event::entityId)).toList();
        events.forEach(event -> store(group.accountId(), event.entityId(), NoteTold.of(event.payload())));
        inbox.done(group.events());
    }

    private void store(long account, String id, NoteTold note) {
        sql.update(store, new MapSqlParameterSource()
                .addValue("account", account)
                .addValue("note", id)
                .addValue("entityType", note.entityType())
                .addValue("entity", note.entity())
                .addValue("deal", note.deal(), Types.VARCHAR)
                .addValue("contact", note.contact(), Types.BIGINT)
                .addValue("type", note.type(), Types.VARCHAR)
                .addValue("text", note.text(), Types.VARCHAR)
                .addValue("author", note.author(), Types.BIGINT)
                .addValue("createdAt", note.createdAt(), Types.TIMESTAMP_WITH_TIMEZONE)
                .addValue("updatedAt", note.updatedAt(), Types.TIMESTAMP_WITH_TIMEZONE));
    }
}
