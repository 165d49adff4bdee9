package dev.amorelay.telegram;

import dev.amorelay.work.Refused;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Nothing can be sent to this chat: its owner has stopped the bot or never started it, or it is none. */
public class ChatClosed extends Refused {

    private final long chat;
    private final Why why;

    /** Why nothing can be sent; the code is stored, the words are for managers. */
    public enum Why {
        /** The person has stopped the bot. */
        BLOCKED("blocked", "клиент остановил бота", "blocked by the user", "user_is_blocked"),
        /** The account is no more. */
        DEACTIVATED("deactivated", "аккаунт Telegram удалён", "deactivated", "user is deleted"),
        /** A group or channel does not let the bot write. */
        REMOVED("removed", "бот не может писать в эту группу", "kicked", "not a member", "was deleted", "not enough rights", "no rights to send",
                "administrator rights", "chat_write_forbidden", "chat_admin_required", "channel_private", "chat_restricted", "chat_send_",
                "topic_closed"),
        /** Telegram knows no such person; an id that was mistyped, or of a bot. */
        UNKNOWN("unknown", "Telegram не знает такого человека", "peer_id_invalid", "chat_id_invalid", "user not found", "user_id_invalid",
                "invalid user_id", "chat_id is empty", "chat_id_empty", "input_user_", "messages to bots", "messages to the bot", "user_is_bot"),
        /** The person has never pressed Start. */
        NEVER_STARTED("never-started", "клиент ещё не нажимал «Запустить» в боте", "chat not found", "can't initiate conversation");

        private final String code;
        private final String words;
        private final List<String> told;

        Why(String code, String words, String... told) {
            this.code = code;
            this.words = words;
            this.told = List.of(told);
        }

        /** @return as it is stored: {@code blocked}, {@code deactivated}, {@code removed}, {@code unknown}, {@code never-started} */
        public String code() {
            return code;
        }

        /** @return in Russian, for a manager */
        public String words() {
            return words;
        }

        /**
         * What Telegram's description of an error means.
         *
         * @param description as the Bot API tells it
         * @return why nothing can be sent; null where it is about something else
         */
        static @Nullable Why of(String description) {
            String told = description.toLowerCase(Locale.ROOT);
            for (Why why : values()) {
                if (why.told.stream().anyMatch(told::contains)) {
                    return why;
                }
            }
            return null;
        }
    }

    /**
     * @param message what Telegram said
     * @param chat which one; 0 where the request did not tell
     * @param why what it means
     */
    public ChatClosed(String message, long chat, Why why) {
        super(message);
        this.chat = chat;
        this.why = why;
    }

    /** @return which one; 0 where the request did not tell */
    long chat() {
        return chat;
    }

    /** @return what it means */
    public Why why() {
        return why;
    }
}
