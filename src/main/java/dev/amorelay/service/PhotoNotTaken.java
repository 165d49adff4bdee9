package dev.amorelay.service;

import static org.apache.camel.util.ObjectHelper.getException;

import dev.amorelay.park.ParkRefusal;
import dev.amorelay.telegram.ChatClosed;
import dev.amorelay.work.Later;
import java.time.Duration;

/** Telegram does not take a photo: 502 where it says no, 503 while it is down or asks to wait. */
public final class PhotoNotTaken extends ParkRefusal {

    private static final String TITLE = "Фото не отправлено";
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final Duration retryAfter;

    private PhotoNotTaken(int status, String detail, Duration retryAfter) {
        super(status, TITLE, detail, "the photo did not reach Telegram");
        this.retryAfter = retryAfter;
    }

    static PhotoNotTaken refused() {
        return new PhotoNotTaken(502, "Telegram не принял это фото. Отправьте заявку без него или приложите другое.", null);
    }

    static PhotoNotTaken of(Throwable failure) {
        Later later = getException(Later.class, failure);
        if (later != null) {
            return new PhotoNotTaken(503, "Telegram сейчас недоступен. Повторите позже или отправьте заявку без фото.",
                    later.delay() == null ? A_MOMENT : later.delay());
        }
        return getException(ChatClosed.class, failure) == null ? refused()
                : new PhotoNotTaken(502, "Бот не может писать вам: откройте чат с ботом и нажмите «Запустить».", null);
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
