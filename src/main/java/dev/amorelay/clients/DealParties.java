package dev.amorelay.clients;

import java.util.List;

/**
 * Who stands behind a deal, by all that the deal tells.
 *
 * @param account amoCRM's number of the account
 * @param telegramId Telegram id of the person; null where unknown
 * @param contacts the deal's contacts, the main one first
 * @param inn taxpayer number; null where unknown
 * @param company amoCRM's id of the company; null where there is none
 */
public record DealParties(long account, Long telegramId, List<Contact> contacts, String inn, Long company) {

    /** @return whether there is anybody at all */
    public boolean nobody() {
        return telegramId == null && contacts.isEmpty() && inn == null && company == null;
    }

    /** @return the name of the first contact that has one; else «Клиент» */
    public String name() {
        return contacts.stream().map(Contact::name).filter(name -> !name.isBlank()).findFirst().orElse("Клиент");
    }
}
