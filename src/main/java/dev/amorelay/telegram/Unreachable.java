package dev.amorelay.telegram;

import dev.amorelay.work.Later;

/** Nothing can be sent to Telegram now, and nothing was: the message keeps its place and waits. */
public class Unreachable extends Later {

    /**
     * @param message what is wrong, without a secret
     */
    public Unreachable(String message) {
        super(message, null);
    }

    @Override
    public boolean isNotTried() {
        return true;
    }
}
