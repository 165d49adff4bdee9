package dev.amorelay.service;

import dev.amorelay.clients.TelegramUser;
import dev.amorelay.json.Json;
import dev.amorelay.settings.IngestSettings;
import dev.amorelay.telegram.ChatClosed;
import dev.amorelay.telegram.Chats;
import dev.amorelay.telegram.PhotoSender;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * A photo on its way to Telegram, which keeps it: the bot sends it to the person's own chat, and its file id goes with the
 * request. Nothing of it is kept here, and its name is not believed.
 */
@Component("photoDoor")
public class PhotoDoor {

    private static final String TYPES = "Фото принимаются в JPEG, PNG и WebP";

    private static final String CAPTION = "Фото для сервисной заявки";

    private final DataSize longest;
    private final PhotoSender telegram;
    private final Chats chats;

    /**
     * @param ingest how long a photo may be
     * @param telegram sends it
     * @param chats learns that a chat is closed
     */
    public PhotoDoor(IngestSettings ingest, PhotoSender telegram, Chats chats) {
        this.longest = ingest.maxPhoto();
        this.telegram = telegram;
        this.chats = chats;
    }

    /**
     * Sends the photo of a form into the person's own chat.
     *
     * @param request multipart, with the file in {@code photo}
     * @param user whose chat it goes to
     * @return {@code {file_id}}
     * @throws RequestRejected when there is no photo, or it is none, by its first bytes
     * @throws PhotoNotTaken when Telegram does not take it
     */
    public String send(@Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request, @Variable("user") TelegramUser user)
            throws IOException, ServletException {
        byte[] photo = photo(request);
        String type = PhotoType.of(photo).orElseThrow(() -> RequestRejected.of("photo", TYPES));
        try {
            return Json.write(Json.object().put("file_id", telegram.upload(user.telegramId(), photo, type, CAPTION)));
        } catch (ChatClosed closed) {
            chats.mark(user.telegramId(), closed.why());
            throw PhotoNotTaken.of(closed);
        } catch (Later | Refused notTaken) {
            throw PhotoNotTaken.of(notTaken);
        }
    }

    private byte[] photo(HttpServletRequest request) throws IOException, ServletException {
        boolean form = request.getContentType() != null && request.getContentType().toLowerCase(Locale.ROOT).startsWith("multipart/");
        Part part = form ? request.getPart("photo") : null;
        if (part == null || part.getSize() == 0) {
            throw RequestRejected.of("photo", "Приложите фото");
        }
        if (part.getSize() > longest.toBytes()) {
            throw RequestRejected.of("photo", "Фото не должно быть больше " + longest.toMegabytes() + " МБ");
        }
        try (InputStream bytes = part.getInputStream()) {
            return bytes.readAllBytes();
        }
    }
}
