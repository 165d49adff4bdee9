package dev.amorelay.service;

import dev.amorelay.clients.TelegramUser;
import dev.amorelay.json.Json;
import dev.amorelay.park.TooOften;
import dev.amorelay.settings.IngestSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Takes a photo for a service request: stored, with its way to Telegram owed, before the page is answered. Only clients have any, few
 * at a time; nothing of one is read before it is known who sends it, and its name and type are not believed.
 */
@Component("photoDoor")
public class PhotoDoor {

    private static final String TYPES = "Фото принимаются в JPEG, PNG и WebP";
    /** On this node; each holds a file and a connection to the database for as long as it comes and is stored. */
    private static final int AT_ONCE = 4;
    /** Of one person within an hour. */
    private static final int MOST_OF_ONE = 30;
    /** While Telegram is down; each up to 10 MB. */
    private static final int MOST_WAITING = 500;
    private static final int HEAD = 16;

    private final DataSize longest;
    private final PhotoRepository photos;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * @param ingest how long a photo may be
     * @param photos where they wait for Telegram
     */
    public PhotoDoor(IngestSettings ingest, PhotoRepository photos) {
        this.longest = ingest.maxPhoto();
        this.photos = photos;
    }

    /**
     * Stores the photo of a form.
     *
     * @param request multipart, with the file in {@code photo}
     * @param user who sends it
     * @return {@code {file_id}}, by which the request names it
     * @throws PhotoNotTaken when somebody has no machines, or there is no room now
     * @throws TooOften when this person has sent too many
     * @throws RequestRejected when there is no photo, or it is none, by its first bytes
     */
    public String store(@Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request, @Variable("user") TelegramUser user)
            throws IOException {
        if (user.client() == null) {
            throw PhotoNotTaken.notAClient();
        }
        if (photos.sentLately(user.telegramId()) >= MOST_OF_ONE) {
            throw new TooOften(Duration.ofMinutes(10));
        }
        if (photos.waiting() >= MOST_WAITING || !places.tryAcquire()) {
            throw PhotoNotTaken.noRoom();
        }
        try {
            return Json.write(Json.object().put("file_id", store(part(request), user.telegramId())));
        } finally {
            places.release();
        }
    }

    private String store(Part part, long telegramId) throws IOException {
        try (InputStream file = part.getInputStream()) {
            byte[] head = file.readNBytes(HEAD);
            String type = PhotoType.of(head).orElseThrow(() -> RequestRejected.of("photo", TYPES));
            return photos.store(telegramId, type, new SequenceInputStream(new ByteArrayInputStream(head), file), part.getSize());
        }
    }

    private Part part(HttpServletRequest request) throws IOException {
        // the request does not say its type itself, or the route's own reader would take the form apart
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
        Part part;
        try {
            part = form ? request.getPart("photo") : null;
        } catch (IllegalStateException tooLong) {
            throw PhotoNotTaken.tooLong(longest);
        } catch (ServletException broken) {
            part = null;
        }
        if (part == null || part.getSize() == 0) {
            throw RequestRejected.of("photo", "Приложите фото");
        }
        if (part.getSize() > longest.toBytes()) {
            throw PhotoNotTaken.tooLong(longest);
        }
        return part;
    }
}
