package dev.amorelay.machines;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

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
 */
public record Sale(long accountId, String deal, boolean partsOrder, Long responsible, UUID client, List<String> serials,
                   String model, String configuration, LocalDate nextMaintenance, Long telegramId) {
}
