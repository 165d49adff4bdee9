package dev.amorelay.amocrm;

import dev.amorelay.settings.AccountSettings;

/**
 * A configured amoCRM account.
 *
 * @param name its name in the configuration
 * @param settings its settings
 */
public record Account(String name, AccountSettings settings) {
}
