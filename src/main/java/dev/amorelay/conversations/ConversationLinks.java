package dev.amorelay.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.database.SqlFile;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.EventGroup;
import dev.amorelay.webhooks.Inbox;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps talks and their messages, and links them with the client and the deal they are about. */
@Component
public class ConversationLinks {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate sql;
    private final Inbox inbox;
    private final String storeConversation = SqlFile.read("conversations/store.sql");
    private final String linkDeal = SqlFile.read("conversations/link-deal.sql");

    /**
     * @param jdbc the relay's database
     * @param inbox where the events are settled
     */
    public ConversationLinks(JdbcTemplate jdbc, Inbox inbox) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
        this.inbox = inbox;
    }

    /**
     * Links talks and messages, and settles the events, in one commit. What the hook alone told is marked so until it was read back,
     * see {@link ReadBack}.
     *
     * @param group {@code conversation} or {@code message} events
     */
    @Transactional
    public void link(@Body EventGroup group) {
        for (Event event : group.events()) {
            JsonNode told = event.payload();
            if (told.path("talk_id").asText("").isEmpty()) {
                // a message outside of any talk: the stored event is all there is to keep
                continue;
            }
            UUID conversation = store(group.accountId(), told);
            if (event.entity().equals("message") && event.entityId() != null) {
                storeMessage(group.accountId(), conversation, event);
            }
        }
        inbox.done(group.events());
    }

    private UUID store(long account, JsonNode told) {
        String deal = deal(told);
        MapSqlParameterSource values = new MapSqlParameterSource()
                .addValue("account", account)
                .addValue("talk", told.path("talk_id").asText())
                .addValue("chat", told.path("chat_id").asText(null), Types.VARCHAR)
                .addValue("contact", number(told.path("contact_id")), Types.BIGINT)
                .addValue("deal", deal, Types.VARCHAR)
                .addValue("origin", told.path("origin").asText(null), Types.VARCHAR)
                .addValue("inWork", flag(told.path("is_in_work")), Types.BOOLEAN)
                .addValue("read", flag(told.path("is_read")), Types.BOOLEAN)
                .addValue("at", moment(told), Types.TIMESTAMP_WITH_TIMEZONE);
        UUID conversation = sql.queryForObject(storeConversation, values, UUID.class);
        if (deal != null) {
            sql.update(linkDeal, values.addValue("conversation", conversation));
        }
        return conversation;
    }

    private void storeMessage(long account, UUID conversation, Event event) {
        JsonNode told = event.payload();
        jdbc.update("""
                INSERT INTO conversation_messages (account_id, message_id, conversation_id, direction, author, text, sent_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, message_id) DO NOTHING""",
                account, event.entityId(), conversation,
                told.path("type").asText().equals("outgoing") ? "outgoing" : "incoming",
                told.path("author").path("name").asText(null), told.path("text").asText(null), moment(told));
    }

    /** Talks name their deal by entity_id and entity_type, messages also by element_id and element_type 2. */
    private static String deal(JsonNode told) {
        if (told.path("entity_type").asText().startsWith("lead")) {
            return told.path("entity_id").asText();
        }
        return told.path("element_type").asText().equals("2") ? told.path("element_id").asText() : null;
    }

    private static Long number(JsonNode node) {
        return node.asText("").matches("[1-9]\\d{0,17}") ? Long.valueOf(node.asText()) : null;
    }

    private static Boolean flag(JsonNode node) {
        return List.of("1", "true").contains(node.asText()) ? Boolean.TRUE
                : List.of("0", "false").contains(node.asText()) ? Boolean.FALSE : null;
    }

    private static OffsetDateTime moment(JsonNode told) {
        String at = told.path("updated_at").asText(told.path("created_at").asText(""));
        return at.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(at)).atOffset(ZoneOffset.UTC) : null;
    }
}
