package dev.amorelay.amocrm;

import dev.amorelay.settings.AccountSettings;
import java.util.Locale;

/**
 * A configured amoCRM account.
 *
 * @param name its name in the configuration
 * @param settings its settings
 */
public record Account(String name, AccountSettings settings) {

    /**
     * What people call a setting of this account.
     *
     * @param property for example {@code field.serial-id}
     * @return {@code AMOCRM_FIELD_SERIAL_ID} for the default account, {@code relay.accounts.b.field.serial-id} for b
     */
    public String setting(String property) {
        return setting(name, property);
    }

    /**
     * What people call a setting of an account.
     *
     * @param account the configured name
     * @param property for example {@code access-token}
     * @return {@code AMOCRM_ACCESS_TOKEN} for the default account, {@code relay.accounts.b.access-token} for b
     */
    static String setting(String account, String property) {
        return Accounts.DEFAULT.equals(account) ? "AMOCRM_" + property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')
                : "relay.accounts." + account + "." + property;
    }
}
