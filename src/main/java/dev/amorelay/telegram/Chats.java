package dev.amorelay.telegram;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.Postponement;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
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

    /**
     * Sends the message to where its group has moved, a second later, in one commit with the new address. A group that
     * keeps moving ends like any other failure.
     *
     * @param message an effect with the chat's id in its payload
     * @param failure holds a {@link ChatMoved}
     */
    @Transactional
    public void move(@Variable("effect") Effect message, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        ChatMoved moved = ObjectHelper.getException(ChatMoved.class, failure);
        if (message.failures() + 1 >= FailurePolicy.MOST_FAILURES) {
            outbox.bury(message, moved.getMessage());
            return;
        }
        jdbc.update("UPDATE outbox SET payload = jsonb_set(payload, '{chat}', to_jsonb(?::bigint)) WHERE id = ? AND lease = ?",
                moved.chat(), message.id(), message.lease());
        outbox.postpone(message, new Postponement(Duration.ofSeconds(1), moved.getMessage(), true, false));
    }
}
