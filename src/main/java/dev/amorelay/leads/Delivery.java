package dev.amorelay.leads;

import dev.amorelay.amocrm.Account;
import dev.amorelay.delivery.Effect;

/**
 * A lead on its way into the CRM.
 *
 * @param effect what is owed
 * @param lead the lead
 * @param account where it goes
 */
public record Delivery(Effect effect, Lead lead, Account account) {
}
