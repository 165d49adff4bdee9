package dev.amorelay.amocrm;

import dev.amorelay.settings.RelaySettings;
import org.springframework.stereotype.Component;

/** The amoCRM accounts that this relay serves. */
@Component
public class Accounts {

    /** Name of the account that the plain variables configure. */
    public static final String DEFAULT = "default";

    private final Account account;

    /**
     * @param settings with the accounts
     */
    public Accounts(RelaySettings settings) {
        this.account = new Account(DEFAULT, settings.amocrm());
    }

    /**
     * The account of a name.
     *
     * @param name its name in the configuration; null = the default one
     * @return the account
     */
    public Account named(String name) {
        if (name != null && !name.equals(account.name())) {
            throw new IllegalArgumentException("no account named " + name);
        }
        return account;
    }

    /**
     * The name to use where none is told.
     *
     * @param name a name, or null
     * @return the name, or {@link #DEFAULT}
     */
    public static String orDefault(String name) {
        return name == null || name.isBlank() ? DEFAULT : name;
    }

    /**
     * The account that a hook came from.
     *
     * @param id amoCRM's number of it; 0 where the hook did not tell
     * @return the account
     */
    public Account numbered(long id) {
        return account;
    }
}
