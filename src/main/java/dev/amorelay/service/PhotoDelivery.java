package dev.amorelay.service;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.service.PhotoRepository.Photo;
import dev.amorelay.telegram.ChatClosed;
import dev.amorelay.telegram.Chats;
import dev.amorelay.telegram.PhotoSender;
import dev.amorelay.texts.TextTemplates;
import dev.amorelay.work.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings photos of requests to Telegram: into the chat of who sent them, and to the supplier's engineers. Whoever comes first uploads it. */
@Component("photoDelivery")
public class PhotoDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(PhotoDelivery.class);

    private final RequestBook book;
    private final PhotoRepository photos;
    private final PhotoSender telegram;
    private final Chats chats;
    private final Outbox outbox;
    private final TextTemplates texts;

    /**
     * @param book the stored requests
     * @param photos the stored photos
     * @param telegram sends them
     * @param chats learns that a chat is closed
     * @param outbox lets a send in doubt be repeated once
     * @param texts writes what stands below a photo
     */
    public PhotoDelivery(RequestBook book, PhotoRepository photos, PhotoSender telegram, Chats chats, Outbox outbox,
                         TextTemplates texts) {
        this.texts = texts;
        this.book = book;
        this.photos = photos;
        this.telegram = telegram;
        this.chats = chats;
        this.outbox = outbox;
    }

    /**
     * Sends a photo into the chat of the person who sent it. Where that chat is closed the engineers get it all the same.
     *
     * @param effect {@code telegram.photo} with {@code {chat}}; its subject the photo's uuid
     */
    public void keep(@Variable("effect") Effect effect) {
        Optional<Photo> photo = photos.find(UUID.fromString(effect.subject()));
        if (photo.isEmpty()) {
            return;
        }
        long chat = ((Number) effect.payload().get("chat")).longValue();
        outbox.repeatAtMostOnce(effect);
        try {
            send(chat, photo.get(), texts.write("service/photo-kept.ftl", Map.of()));
        } catch (ChatClosed closed) {
            chats.mark(chat, closed.why());
        } catch (Refused notTaken) {
            // it is told, and set aside, where the engineers are to get it
            LOG.warn("{}: Telegram does not take the photo: {}", effect.label(), notTaken.getMessage());
        }
    }

    /**
     * Shows one to an engineer.
     *
     * @param effect {@code telegram.service-photo} with {@code {chat, photo}}, the photo's place among those of the request from 0; its
     *     subject the request's uuid
     */
    public void send(@Variable("effect") Effect effect) {
        ServiceRequest request = book.request(effect.subject());
        int place = ((Number) effect.payload().get("photo")).intValue();
        long chat = ((Number) effect.payload().get("chat")).longValue();
        String name = request.photos().get(place);
        String caption = texts.write("service/photo.ftl", Map.of("place", place + 1, "number", request.number()));
        outbox.repeatAtMostOnce(effect);
        if (PhotoRepository.isName(name)) {
            send(chat, photos.find(PhotoRepository.id(name)).orElseThrow(() -> new Refused("the photo was forgotten")), caption);
        } else {
            telegram.send(chat, name, caption);
        }
    }

    private void send(long chat, Photo photo, String caption) {
        if (photo.fileId() != null) {
            telegram.send(chat, photo.fileId(), caption);
        } else {
            photos.kept(photo.id(), telegram.upload(chat, photo.bytes(), photo.type(), caption));
        }
    }
}
