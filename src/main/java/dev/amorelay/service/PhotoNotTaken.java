package dev.amorelay.service;

import dev.amorelay.park.ParkRefusal;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** A photo is not taken: 403 from who has no machines, 413 when it is too long, 503 when there is no room for another now. */
public final class PhotoNotTaken extends ParkRefusal {

    private static final String TITLE = "Фото не отправлено";
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final Duration retryAfter;

    private PhotoNotTaken(int status, String detail, Duration retryAfter) {
        super(status, TITLE, detail, "a photo is not taken");
        this.retryAfter = retryAfter;
    }

    static PhotoNotTaken notAClient() {
        return new PhotoNotTaken(403, "Фото можно приложить к заявке на свой станок.", null);
    }

    static PhotoNotTaken tooLong(DataSize longest) {
        return new PhotoNotTaken(413, "Фото не должно быть больше " + longest.toMegabytes() + " МБ", null);
    }

    static PhotoNotTaken noRoom() {
        return new PhotoNotTaken(503, "Сейчас приходит слишком много фото. Повторите через несколько секунд или отправьте заявку без фото.", A_MOMENT);
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
