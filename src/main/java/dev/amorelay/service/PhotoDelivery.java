package dev.amorelay.service;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.telegram.PhotoSender;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Shows the photos of a request to the supplier's engineers. */
@Component("photoDelivery")
public class PhotoDelivery {

    private final RequestBook book;
    private final PhotoSender telegram;
    private final Outbox outbox;

    /**
     * @param book the stored requests
     * @param telegram sends them
     * @param outbox lets a send in doubt be repeated once
     */
    public PhotoDelivery(RequestBook book, PhotoSender telegram, Outbox outbox) {
        this.book = book;
        this.telegram = telegram;
        this.outbox = outbox;
    }

    /**
     * Sends one.
     *
     * @param effect {@code telegram.service-photo} with {@code {chat, photo}}, the photo's place among those of the request from 0; its
     *     subject the request's uuid
     */
    public void send(@Variable("effect") Effect effect) {
        ServiceRequest request = book.request(effect.subject());
        int place = ((Number) effect.payload().get("photo")).intValue();
        outbox.repeatAtMostOnce(effect);
        telegram.send(((Number) effect.payload().get("chat")).longValue(), request.photos().get(place),
                "Фото " + (place + 1) + " к заявке №" + request.number());
    }
}
