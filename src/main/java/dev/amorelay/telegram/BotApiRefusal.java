package dev.amorelay.telegram;

import static org.apache.camel.util.ObjectHelper.getException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;

/** What the Bot API's answers other than 2xx mean. */
final class BotApiRefusal {

    private BotApiRefusal() {
    }

    /**
     * Judges an answer.
     *
     * @param status HTTP status
     * @param told {@code {ok: false, error_code, description, parameters: {retry_after, migrate_to_chat_id}}}
     * @return what to throw
     */
    static RuntimeException of(int status, JsonNode told) {
        String why = "Telegram " + status + " " + told.path("description").asText("");
        if (status == 429) {
            return new Later(why, Duration.ofSeconds(told.path("parameters").path("retry_after").asLong(1)));
        }
        if (status == 403) {
            return new ChatClosed(why);
        }
        long moved = told.path("parameters").path("migrate_to_chat_id").asLong(0);
        if (status == 400 && moved != 0) {
            return new ChatMoved(why, moved);
        }
        if (status < 400 || status >= 500 || status == 401 || status == 404) {
            // 401 and 404 mean a wrong bot token, a redirect a wrong address: ours to mend, not the message's fault
            return new Later(why, status >= 500 ? null : Duration.ofMinutes(1));
        }
        return new Refused(why);
    }

    /**
     * Judges a request that brought no answer.
     *
     * @param failure what happened on the way
     * @return what to throw: an unknown outcome, unless the request surely never left
     */
    static RuntimeException silence(Throwable failure) {
        boolean neverSent = getException(ConnectException.class, failure) != null
                || getException(HttpConnectTimeoutException.class, failure) != null;
        return neverSent ? new Later("Telegram is out of reach", null) : new SendUnknown();
    }
}
