package dev.amorelay.service;

import dev.amorelay.clients.TelegramUser;
import dev.amorelay.park.ParkRefusal;
import dev.amorelay.settings.IngestSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.component.telegram.model.IncomingPhotoSize;
import org.apache.camel.component.telegram.model.MessageResult;
import org.apache.camel.component.telegram.model.OutgoingPhotoMessage;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * A photo on its way to Telegram, which keeps it: the bot sends it to the person's own chat, and its file id goes with the
 * request. Nothing of it is kept here, and its name is not believed.
 */
@Component("photoDoor")
public class PhotoDoor {

    private static final String TYPES = "Фото принимаются в JPEG, PNG и WebP";

    private final DataSize longest;

    /**
     * @param ingest how long a photo may be
     */
    public PhotoDoor(IngestSettings ingest) {
        this.longest = ingest.maxPhoto();
    }

    /**
     * Reads the form.
     *
     * @param request multipart, with the file in {@code photo}
     * @param user whose chat it goes to
     * @return the message that the bot sends
     * @throws RequestRejected when there is no photo, or it is none, by its first bytes
     */
    public OutgoingPhotoMessage read(@Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request, @Variable("user") TelegramUser user)
            throws IOException, ServletException {
        boolean form = request.getContentType() != null && request.getContentType().toLowerCase(Locale.ROOT).startsWith("multipart/");
        Part part = form ? request.getPart("photo") : null;
        if (part == null || part.getSize() == 0) {
            throw RequestRejected.of("photo", "Приложите фото");
        }
        if (part.getSize() > longest.toBytes()) {
            throw RequestRejected.of("photo", "Фото не должно быть больше " + longest.toMegabytes() + " МБ");
        }
        byte[] photo;
        try (InputStream bytes = part.getInputStream()) {
            photo = bytes.readAllBytes();
        }
        OutgoingPhotoMessage message = new OutgoingPhotoMessage();
        message.setChatId(String.valueOf(user.telegramId()));
        message.setPhoto(photo);
        message.setFilenameWithExtension("photo." + PhotoType.of(photo).orElseThrow(() -> RequestRejected.of("photo", TYPES)));
        message.setCaption("Фото для сервисной заявки");
        message.setDisableNotification(true);
        return message;
    }

    /**
     * What Telegram calls the photo.
     *
     * @param sent Telegram's answer
     * @return the file id of its largest size
     */
    public String fileId(@Body MessageResult sent) {
        return Optional.ofNullable(sent.getMessage().getPhoto()).stream().flatMap(Collection::stream)
                .max(Comparator.comparing(size -> size.getWidth() == null ? 0 : size.getWidth()))
                .map(IncomingPhotoSize::getFileId).orElseThrow(PhotoNotTaken::refused);
    }

    /**
     * What the page is told when Telegram does not take it.
     *
     * @param failure what happened on the way
     * @throws ParkRefusal always
     */
    public void refuse(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        throw PhotoNotTaken.of(failure);
    }
}
