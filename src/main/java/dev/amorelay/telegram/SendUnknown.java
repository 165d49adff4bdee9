package dev.amorelay.telegram;

import dev.amorelay.work.Later;

/** A message left for Telegram and no answer came: it may have arrived. */
public class SendUnknown extends Later {

    /** A send without an answer. */
    public SendUnknown() {
        super("Telegram gave no answer, the message may have arrived", null);
    }

    @Override
    public boolean inDoubt() {
        return true;
    }
}
