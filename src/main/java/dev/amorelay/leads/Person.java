package dev.amorelay.leads;

import java.util.Locale;

/**
 * Whom a lead is from, as far as it tells: leads of one person share a contact.
 *
 * @param key the phone in E.164, else the e-mail in small letters, else the lead's uuid
 * @param isNamed whether there is a phone or an e-mail to find the person by; without, each lead is a person of its own
 */
record Person(String key, boolean isNamed) {

    /** Whom a lead is from. */
    static Person of(Lead lead) {
        if (lead.phoneE164() != null) {
            return new Person(lead.phoneE164(), true);
        }
        String email = lead.address();
        return email != null ? new Person(email.toLowerCase(Locale.ROOT), true) : new Person(lead.id().toString(), false);
    }

    /** @return whether the key is a phone */
    boolean hasPhone() {
        return isNamed && key.startsWith("+");
    }
}
