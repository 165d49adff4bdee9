package dev.amorelay.telegram;

import dev.amorelay.work.Later;
import java.time.Duration;

/** Somebody else has answered in Telegram's place, a page that says it is blocked for example: that settles no message. */
public class ForeignAnswer extends Later {

    /**
     * @param message what came
     */
    ForeignAnswer(String message) {
        super(message, Duration.ofMinutes(1));
    }
}
