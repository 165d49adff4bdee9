package dev.amorelay.machines;

import dev.amorelay.deals.Claims;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A won deal, as far as machines are concerned.
 *
 * @param accountId amoCRM's number of the account
 * @param deal amoCRM's id of the deal
 * @param partsOrder whether it stands in the account's pipeline of spare parts, which have no serial number
 * @param responsible user in charge; null where none is told
 * @param client the buyer; null where the deal names nobody
 * @param serials serial numbers, each once; empty where the field is
 * @param model null where the field is empty
 * @param configuration null where the field is empty
 * @param nextMaintenance by the calendar of the account; null where the field is empty
 * @param telegramId chat of the buyer, as the deal tells; null where it does not
 * @param claims what of it nobody of the CRM is known to have written
 */
public record Sale(long accountId, String deal, boolean partsOrder, @Nullable Long responsible, @Nullable UUID client, List<String> serials,
                   @Nullable String model, @Nullable String configuration, @Nullable LocalDate nextMaintenance, @Nullable Long telegramId,
                   Claims claims) {

    /** @return whether the chat is what a form has told, and may be anybody's */
    boolean isChatClaimed() {
        return telegramId != null && claims.claimsTelegram(String.valueOf(telegramId));
    }
}
