package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountStates;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmUnavailable;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Keeps the pairs of integrations alive that nobody uses. */
@Component("idleTokens")
public class IdleTokens {

    private static final Duration WEEK = Duration.ofDays(7);

    private final Accounts accounts;
    private final OAuthTokens tokens;
    private final AccountStates states;

    IdleTokens(Accounts accounts, OAuthTokens tokens, AccountStates states) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.states = states;
    }

    /**
     * Refreshes each pair that is older than a week. What goes wrong is noted at its account.
     *
     * @return how many were refreshed
     */
    public int refresh() {
        int refreshed = 0;
        for (Account account : accounts.all()) {
            if (account.settings().usesOAuth() && isRefreshed(account)) {
                refreshed++;
            }
        }
        return refreshed;
    }

    private boolean isRefreshed(Account account) {
        try {
            return tokens.refreshOlderThan(account, WEEK);
        } catch (CrmUnavailable unavailable) {
            if (!unavailable.isOwnBudget()) {
                states.troubled(account.name(), unavailable);
            }
            return false;
        }
    }
}
