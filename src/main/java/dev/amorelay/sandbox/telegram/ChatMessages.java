package dev.amorelay.sandbox.telegram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** What the bot wrote to the stand-in's chats. */
public final class ChatMessages {

    private static final RowMapper<Message> MESSAGE = (row, i) -> new Message(row.getLong("message_id"),
            row.getLong("chat_id"), row.getString("text"), row.getTimestamp("sent_at").getTime() / 1000);

    private final JdbcTemplate jdbc;
    private final Set<Long> closed = ConcurrentHashMap.newKeySet();

    /** @param dataSource the relay's database */
    public ChatMessages(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * One message.
     *
     * @param date unix seconds
     */
    public record Message(long messageId, long chatId, String text, long date) {
    }

    /** @return the stored message */
    Message add(long chatId, String text) {
        return jdbc.queryForObject("INSERT INTO sandbox.chat_messages (chat_id, text) VALUES (?, ?) RETURNING *",
                MESSAGE, chatId, text);
    }

    /** The person stops the bot, or lets it write again. Forgotten by a restart. */
    void close(long chatId, boolean isClosed) {
        if (isClosed) {
            closed.add(chatId);
        } else {
            closed.remove(chatId);
        }
    }

    boolean isClosed(long chatId) {
        return closed.contains(chatId);
    }

    /** @return the latest messages of all chats, oldest first */
    public List<Message> latest(int limit) {
        List<Message> messages = new ArrayList<>(jdbc.query(
                "SELECT * FROM sandbox.chat_messages ORDER BY message_id DESC LIMIT ?", MESSAGE, limit));
        Collections.reverse(messages);
        return messages;
    }

    /** @return how many there are in all */
    public long count() {
        Long count = jdbc.queryForObject("SELECT count(*) FROM sandbox.chat_messages", Long.class);
        return count == null ? 0 : count;
    }
}
