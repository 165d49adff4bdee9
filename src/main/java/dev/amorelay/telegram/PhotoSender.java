package dev.amorelay.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Photos: new ones, and by their file ids those that Telegram has already. camel-telegram 4.17 sends bytes only, and copies them into
 * a buffer whose length has to be known before.
 */
@Component
public class PhotoSender {

    private final HttpClient client;
    private final URI address;

    /**
     * @param client the way to Telegram
     * @param relay with the bot's token and the Bot API's address
     */
    @Autowired
    public PhotoSender(BotApiClient client, RelaySettings relay) {
        this(client, URI.create(relay.telegram().baseUri() + "/bot" + relay.telegram().botToken() + "/sendPhoto"));
    }

    PhotoSender(HttpClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    /**
     * Sends a photo that Telegram has.
     *
     * @param chat whom to
     * @param fileId what the Bot API called it when this bot sent or got it
     * @param caption at most 1,024 characters
     * @throws Later while Telegram is down or asks to wait; as {@link SendUnknown} when the photo may have arrived
     * @throws ChatClosed when the person has stopped the bot
     */
    public void send(long chat, String fileId, String caption) {
        JsonNode wish = Json.object().put("chat_id", chat).put("photo", fileId).put("caption", caption);
        post("application/json", BodyPublishers.ofString(Json.write(wish)));
    }

    /**
     * Sends a new photo, without a sound.
     *
     * @param chat whom to
     * @param photo the file
     * @param type {@code jpg}, {@code png} or {@code webp}
     * @param caption at most 1,024 characters
     * @return the file id of its largest size
     * @throws Later while Telegram is down or asks to wait; as {@link SendUnknown} when the photo may have arrived
     * @throws ChatClosed when the person has stopped the bot
     * @throws Refused when Telegram does not take it
     */
    public String upload(long chat, byte[] photo, String type, String caption) {
        String boundary = "photo-" + UUID.randomUUID();
        String fields = field(boundary, "chat_id", String.valueOf(chat)) + field(boundary, "caption", caption)
                + field(boundary, "disable_notification", "true")
                + "--" + boundary + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo." + type + "\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        JsonNode answer = post("multipart/form-data; boundary=" + boundary, BodyPublishers.concat(BodyPublishers.ofString(fields),
                BodyPublishers.ofByteArray(photo), BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
        return StreamSupport.stream(answer.path("result").path("photo").spliterator(), false)
                .max(Comparator.comparingInt(size -> size.path("width").asInt()))
                .map(size -> size.path("file_id").asText()).filter(id -> !id.isEmpty())
                .orElseThrow(() -> new Refused("Telegram has taken a photo without telling its file id"));
    }

    private static String field(String boundary, String name, String value) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private JsonNode post(String type, BodyPublisher body) {
        try {
            return Json.read(client.send(HttpRequest.newBuilder(address).header("Content-Type", type).POST(body).build(),
                    BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new SendUnknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SendUnknown();
        }
    }
}
