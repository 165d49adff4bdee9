package dev.amorelay.telegram;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.settings.RelaySettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/**
 * Looks whether a chat that was closed is open again, as the relay hears nothing of who presses Start: it shows for a moment that the bot
 * is typing, which Telegram refuses like a message, and nobody is disturbed.
 */
@Component("chatLook")
public class ChatLook {

    private final BotApiClient client;
    private final URI address;
    private final Chats chats;
    private final Outbox outbox;

    /**
     * @param client the way to Telegram
     * @param relay with the bot's token and the Bot API's address
     * @param chats learns of it
     * @param outbox where looks are settled
     */
    public ChatLook(BotApiClient client, RelaySettings relay, Chats chats, Outbox outbox) {
        this.client = client;
        this.address = URI.create(relay.telegram().baseUri() + "/bot" + relay.telegram().botToken() + "/sendChatAction");
        this.chats = chats;
        this.outbox = outbox;
    }

    /**
     * Looks at one.
     *
     * @param effect {@code telegram.chat-look} with {@code {chat}}
     */
    public void look(@Variable("effect") Effect effect) {
        long chat = ((Number) effect.payload().get("chat")).longValue();
        try {
            client.send(HttpRequest.newBuilder(address).header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                    Json.write(Json.object().put("chat_id", chat).put("action", "typing")))).build(), BodyHandlers.discarding());
            chats.open(chat);
        } catch (ChatClosed still) {
            chats.mark(chat, still.why());
            outbox.skip(effect, "чат закрыт: " + still.why().words());
        }
    }
}
