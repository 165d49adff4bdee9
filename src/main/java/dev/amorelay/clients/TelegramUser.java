package dev.amorelay.clients;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in Telegram, and whom they belong to.
 *
 * @param telegramId Telegram's id of the person, which is the id of the chat with the bot too
 * @param client the client; null for somebody who is linked to nobody
 * @param clientName the client's name; null likewise
 * @param role director, engineer or procurement
 * @param staff whether it is one of the supplier's own engineers
 * @param name as Telegram tells it; null where it tells none
 */
public record TelegramUser(long telegramId, @Nullable UUID client, @Nullable String clientName, String role, boolean staff,
                        @Nullable String name) {
}
