package dev.amorelay.telegram;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.delivery.KeptPlaces;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.Later;
import dev.amorelay.work.Postponement;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Chats with clients: open, or closed by them; and groups that have moved. */
@Component
public class Chats {

    private static final Logger LOG = LoggerFactory.getLogger(Chats.class);
    private static final String OURS = "telegram.";
    private static final int MOST_MOVES = 5;
    /** Somebody has to let the bot into the group again. */
    private static final Duration UNTIL_LET_IN = Duration.ofMinutes(10);
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(10);

    private final JdbcTemplate jdbc;
    private final Outbox outbox;
    private final KeptPlaces places;
    private final FlowEvents events;

    /**
     * @param jdbc the relay's database
     * @param outbox where messages are settled
     * @param places where those go back to that nothing can be done for now
     * @param events tells the flow whose chat is closed
     */
    public Chats(JdbcTemplate jdbc, Outbox outbox, KeptPlaces places, FlowEvents events) {
        this.events = events;
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.places = places;
    }

    /**
     * Marks a person's chat as closed, gives up the message that told us, and tells the flow of it, in one commit. A group
     * is ours to mend: its messages wait until the bot may write there.
     *
     * @param message an effect
     * @param failure holds a {@link ChatClosed}
     */
    @Transactional
    public void close(@Variable("effect") Effect message, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        ChatClosed closed = ObjectHelper.getException(ChatClosed.class, failure);
        long chat = closed.chat() == 0 ? told(message) : closed.chat();
        if (chat < 0) {
            if (message.attempts() == 1) {
                LOG.warn("{}: the bot cannot write to its group, messages wait: {}", message.label(), closed.getMessage());
            }
            outbox.postpone(message, new Postponement(UNTIL_LET_IN, closed.getMessage(), false, false));
            return;
        }
        if (chat > 0) {
            mark(chat, closed.why());
            events.tell("clients.chat.closed", Map.of("message", message.key(), "subject", message.subject(), "chat", chat,
                    "why", closed.why().code()));
        }
        outbox.skip(message, "чат закрыт: " + closed.why().words());
    }

    /**
     * Marks a person's chat as closed.
     *
     * @param chat whose
     * @param why nothing can be sent
     */
    public void mark(long chat, ChatClosed.Why why) {
        jdbc.update("""
                INSERT INTO telegram_users AS known (tg_id, chat_closed, chat_closed_at, chat_closed_why) VALUES (?, true, now(), ?)
                ON CONFLICT (tg_id) DO UPDATE SET chat_closed = true, chat_closed_why = excluded.chat_closed_why,
                       chat_closed_at = CASE WHEN known.chat_closed THEN coalesce(known.chat_closed_at, now()) ELSE now() END""", chat, why.code());
    }

    /**
     * Marks a person's chat as open again.
     *
     * @param chat whose
     */
    public void open(long chat) {
        jdbc.update("UPDATE telegram_users SET chat_closed = false, chat_closed_at = NULL, chat_closed_why = NULL WHERE tg_id = ?", chat);
    }

    /**
     * Where a chat is now.
     *
     * @param chat the number of the chat, or a channel's name
     * @return the same, unless it is a group that has moved
     */
    public String address(@Header("CamelTelegramChatId") String chat) {
        String now = chat;
        for (int move = 0; now != null && now.matches("-\\d{1,18}") && move < MOST_MOVES; move++) {
            Long next = jdbc.queryForList("SELECT moved_to FROM telegram_moves WHERE chat_id = ?", Long.class, Long.valueOf(now))
                    .stream().findFirst().orElse(null);
            if (next == null) {
                return now;
            }
            now = String.valueOf(next);
        }
        return now;
    }

    /**
     * Sends the message to where its group has moved, a second later, in one commit with the new address, which whatever is sent
     * there later goes to at once. A group that keeps moving ends like any other failure.
     *
     * @param message an effect
     * @param failure holds a {@link ChatMoved}
     */
    @Transactional
    public void move(@Variable("effect") Effect message, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        ChatMoved moved = ObjectHelper.getException(ChatMoved.class, failure);
        if (message.failures() + 1 >= FailurePolicy.MOST_FAILURES) {
            outbox.bury(message, moved.getMessage());
            return;
        }
        long from = moved.from() == 0 ? told(message) : moved.from();
        if (from < 0) {
            jdbc.update("INSERT INTO telegram_moves AS known (chat_id, moved_to) VALUES (?, ?) ON CONFLICT (chat_id) DO UPDATE SET moved_to = excluded.moved_to",
                    from, moved.chat());
        } else {
            jdbc.update("UPDATE outbox SET payload = jsonb_set(payload, '{chat}', to_jsonb(?::bigint)) WHERE id = ? AND lease = ?",
                    moved.chat(), message.id(), message.lease());
        }
        outbox.postpone(message, new Postponement(Duration.ofSeconds(1), moved.getMessage(), true, false));
    }

    /**
     * Puts back a message that was not sent because nothing can be: where its kind waits as a whole, it keeps its place.
     *
     * @param message an effect
     * @param failure what is wrong
     */
    public void hold(@Variable("effect") Effect message, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        String why = ObjectHelper.getException(Later.class, failure).getMessage();
        if (message.kind().startsWith(OURS)) {
            places.keep(message, why);
        } else {
            outbox.postpone(message, new Postponement(UNTIL_ASKED_AGAIN, why, false, false));
        }
    }

    private static long told(Effect message) {
        return message.payload().get("chat") instanceof Number chat ? chat.longValue() : 0;
    }
}
