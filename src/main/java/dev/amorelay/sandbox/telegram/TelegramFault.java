package dev.amorelay.sandbox.telegram;

/** What can go wrong at the stand-in for Telegram. */
public enum TelegramFault {
    /** 429 with {@code parameters.retry_after}; option {@code retry_after}, seconds. */
    ERROR429,
    /** 403: the person has blocked the bot. */
    FORBIDDEN,
    /** 400 «chat not found»: the person has never pressed Start. */
    NOT_FOUND,
    /** 401: the bot's token is none. */
    UNAUTHORIZED,
    /** 400 with {@code parameters.migrate_to_chat_id}; option {@code chat_id}. */
    MIGRATED,
    /** 500, nothing sent. */
    ERROR500,
    /** The connection is closed, nothing sent. */
    DROP_BEFORE,
    /** The message is sent, the connection is closed without an answer. */
    DROP_AFTER,
    /** The message is sent at once, the answer comes after {@code ms}. */
    SLOW
}
