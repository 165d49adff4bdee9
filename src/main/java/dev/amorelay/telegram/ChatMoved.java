package dev.amorelay.telegram;

/** A group has become a supergroup: it goes on under another id. */
public class ChatMoved extends RuntimeException {

    private final long chat;

    /**
     * @param message what Telegram said
     * @param chat the id that it has now
     */
    ChatMoved(String message, long chat) {
        super(message);
        this.chat = chat;
    }

    /** @return the id that the chat has now */
    long chat() {
        return chat;
    }
}
