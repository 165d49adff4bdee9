package dev.amorelay.telegram;

import dev.amorelay.work.Refused;

/** The person has stopped the bot, or never started it: nothing can be sent to this chat. */
public class ChatClosed extends Refused {

    /**
     * @param message what Telegram said
     */
    public ChatClosed(String message) {
        super(message);
    }
}
