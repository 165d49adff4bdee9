package dev.amorelay.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import java.time.Duration;

/** What the Bot API's answers other than yes mean. */
final class BotApiRefusal {

    private static final int NOT_RIGHT = 400;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int TOO_FAST = 429;
    private static final int GATEWAY_TIMEOUT = 504;

    private BotApiRefusal() {
    }

    /**
     * Judges an answer.
     *
     * @param status HTTP status
     * @param told {@code {ok: false, error_code, description, parameters: {retry_after, migrate_to_chat_id}}}
     * @param chat whom it was for; 0 where that is not known
     * @return what to throw
     */
    static RuntimeException of(int status, JsonNode told, long chat) {
        String description = told.path("description").asText("");
        String why = "Telegram " + status + " " + description;
        if (status == TOO_FAST) {
            return new Later(why, Duration.ofSeconds(told.path("parameters").path("retry_after").asLong(1)));
        }
        if (status == GATEWAY_TIMEOUT) {
            // whoever stands before Telegram has passed the message on, and has no answer either
            return new SendUnknown();
        }
        if (status >= 500) {
            return new Later(why, null);
        }
        if (status != TOO_LARGE && !told.has("ok") && !told.has("description") && !told.has("parameters")) {
            return new ForeignAnswer(why);
        }
        return ofTelegram(status, told, description, why, chat);
    }

    private static RuntimeException ofTelegram(int status, JsonNode told, String description, String why, long chat) {
        long moved = told.path("parameters").path("migrate_to_chat_id").asLong(0);
        if (status == NOT_RIGHT && moved != 0) {
            return new ChatMoved(why, chat, moved);
        }
        ChatClosed.Why closed = ChatClosed.Why.of(description);
        if (status == FORBIDDEN) {
            return new ChatClosed(why, chat, closed == null ? ChatClosed.Why.BLOCKED : closed);
        }
        if (status == NOT_RIGHT && closed != null) {
            return new ChatClosed(why, chat, closed);
        }
        if (status == 401 || status == 404) {
            return new TokenRefused(why);
        }
        // a redirect means a wrong address: ours to mend, not the message's fault
        return status < 400 ? new Later(why, Duration.ofMinutes(1)) : new Refused(why);
    }
}
