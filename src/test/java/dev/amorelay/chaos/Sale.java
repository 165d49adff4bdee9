package dev.amorelay.chaos;

/**
 * A deal that is won in the CRM.
 *
 * @param deal amoCRM's id
 * @param serial of the sold machine; null where the manager forgot it
 * @param chat of the buyer in Telegram; no other sale has the same
 * @param closed whether the buyer has stopped the bot
 */
record Sale(long deal, String serial, long chat, boolean closed) {
}
