package dev.amorelay.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.work.Later;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Sends photos that Telegram has already, by their file ids: camel-telegram 4.17 sends bytes only. */
@Component
public class PhotoSender {

    private final HttpClient client;
    private final URI address;

    /**
     * @param relay with the bot's token and the Bot API's address
     */
    @Autowired
    public PhotoSender(RelaySettings relay) {
        this(new BotApiClient(), URI.create(relay.telegram().baseUri() + "/bot" + relay.telegram().botToken() + "/sendPhoto"));
    }

    PhotoSender(HttpClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    /**
     * Sends a photo.
     *
     * @param chat whom to
     * @param fileId what the Bot API called it when this bot sent or got it
     * @param caption at most 1,024 characters
     * @throws Later while Telegram is down or asks to wait; as {@link SendUnknown} when the photo may have arrived
     * @throws ChatClosed when the person has stopped the bot
     */
    public void send(long chat, String fileId, String caption) {
        JsonNode wish = Json.object().put("chat_id", chat).put("photo", fileId).put("caption", caption);
        try {
            client.send(HttpRequest.newBuilder(address).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Json.write(wish))).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new SendUnknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SendUnknown();
        }
    }
}
