package dev.amorelay.telegram;

/** A group has become a supergroup: it goes on under another id. */
public class ChatMoved extends RuntimeException {

    private final long from;
    private final long chat;

    /**
     * @param message what Telegram said
     * @param from the id that it had; 0 where the request did not tell
     * @param chat the id that it has now
     */
    ChatMoved(String message, long from, long chat) {
        super(message);
        this.from = from;
        this.chat = chat;
    }

    /** @return the id that it had; 0 where the request did not tell */
    long from() {
        return from;
    }

    /** @return the id that the chat has now */
    long chat() {
        return chat;
    }
}
