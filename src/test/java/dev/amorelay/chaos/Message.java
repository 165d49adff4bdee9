package dev.amorelay.chaos;

import java.util.Map;

/**
 * Something that a sender has to tell the relay, and keeps sending until it is acknowledged.
 *
 * @param kind what it is about
 * @param token names it in every place that it reaches; no other message has it
 * @param subject of a lead its phone, of a hook its deal
 * @param sale of a won deal, else null
 * @param path of the door
 * @param headers type of the body, and the caller's own key
 */
record Message(Kind kind, String token, String subject, Sale sale, String path, Map<String, String> headers, String body) {

    /** What messages are about. */
    enum Kind {
        /** A lead with a message: one note. */
        LEAD,
        /** A cart order: two notes. */
        ORDER,
        /** A hook: a deal has changed. */
        CHANGE,
        /** A hook: a deal is won. */
        WIN
    }

    boolean isLead() {
        return kind == Kind.LEAD || kind == Kind.ORDER;
    }

    /** @return how many notes the lead gets */
    int notes() {
        return kind == Kind.ORDER ? 2 : 1;
    }
}
