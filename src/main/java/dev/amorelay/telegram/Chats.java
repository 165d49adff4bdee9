package dev.amorelay.telegram;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Chats with clients: open, or closed by them. */
@Component
public class Chats {

    private final JdbcTemplate jdbc;
    private final Outbox outbox;

    /**
     * @param jdbc the relay's database
     * @param outbox where messages are settled
     */
    public Chats(JdbcTemplate jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /**
     * Marks a chat as closed, and gives up the message that told us, in one commit.
     *
     * @param message an effect with the chat's id in its payload
     */
    @Transactional
    public void close(@Variable("effect") Effect message) {
        jdbc.update("UPDATE telegram_users SET chat_closed = true WHERE tg_id = ?",
                ((Number) message.payload().get("chat")).longValue());
        outbox.skip(message, "чат закрыт");
    }
}
