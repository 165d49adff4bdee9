package dev.amorelay.amocrm;

import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.work.AccountNames;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The amoCRM accounts that this relay serves. */
@Component
public class Accounts implements AccountNames {

    /** Name of the account that the plain variables configure. */
    public static final String DEFAULT = "default";

    private final Map<String, Account> configured = new LinkedHashMap<>();
    private final FieldBook fields;
    private volatile Known known;

    /** The accounts by name, and the edition of the fields that they have. */
    private record Known(Map<String, Account> byName, Object edition) {
    }

    /**
     * Accounts with the fields that settings name.
     *
     * @param settings with the accounts
     */
    public Accounts(RelaySettings settings) {
        this(settings, null);
    }

    /**
     * @param settings with the accounts
     * @param fields the fields that they have
     */
    @Autowired
    public Accounts(RelaySettings settings, FieldBook fields) {
        configured.put(DEFAULT, new Account(DEFAULT, settings.amocrm()));
        for (Map.Entry<String, AccountSettings> further : settings.accounts().entrySet()) {
            configured.put(further.getKey(), new Account(further.getKey(), further.getValue()));
        }
        this.fields = fields;
    }

    private Map<String, Account> byName() {
        Known now = known;
        if (now == null || fields != null && now.edition() != fields.edition()) {
            Object edition = fields == null ? null : fields.edition();
            Map<String, Account> byName = new LinkedHashMap<>();
            configured.forEach((name, account) -> byName.put(name,
                    fields == null ? account : new Account(name, account.settings().with(fields.ours(account)))));
            now = new Known(byName, edition);
            known = now;
        }
        return now.byName();
    }

    /** @return all accounts, the default one first */
    public Collection<Account> all() {
        return byName().values();
    }

    @Override
    public List<String> names() {
        return List.copyOf(configured.keySet());
    }

    /**
     * The account of a name.
     *
     * @param name its name in the configuration; null = the default one
     * @return the account
     * @throws NoSuchAccount when none is configured by this name
     */
    public Account named(String name) {
        Account account = byName().get(orDefault(name));
        if (account == null) {
            throw new NoSuchAccount(names());
        }
        return account;
    }

    /**
     * The account that takes leads of a source.
     *
     * @param source for example {@code site}
     * @return the account that lists the source, else the default one
     */
    public Account takingLeadsOf(String source) {
        return byName().values().stream().filter(account -> account.settings().sources().contains(source))
                .findFirst().orElseGet(() -> named(DEFAULT));
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
}
