package dev.amorelay.telegram;

import dev.amorelay.work.Later;
import java.time.Duration;

/** Telegram does not know the bot's token: ours to mend, not the message's fault. */
public class TokenRefused extends Later {

    /**
     * @param message what Telegram said
     */
    TokenRefused(String message) {
        super(message, Duration.ofMinutes(1));
    }

    @Override
    public boolean isNotTried() {
        return true;
    }
}
