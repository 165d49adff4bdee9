package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Access;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountStates;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CallBudget;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.env.MockEnvironment;

/** The tokens of one node: its own caches, on a database that others share. */
final class Node {

    final Account account;
    final TokenStore store;
    final OAuthTokens oauth;
    final AccountTokens tokens;
    final IdleTokens idle;
    final CodeExchange exchange;

    Node(JdbcTemplate jdbc, Accounts accounts) {
        this(jdbc, accounts, new JdkOAuthHttp(Duration.ofSeconds(2)));
    }

    Node(JdbcTemplate jdbc, Accounts accounts, OAuthHttp http) {
        this(jdbc, accounts, http, List.of());
    }

    Node(JdbcTemplate jdbc, Accounts accounts, OAuthHttp http, List<String> keys) {
        AccountStates states = new AccountStates(jdbc);
        CallBudget budget = new CallBudget(jdbc, accounts, states);
        TokenCall calls = new TokenCall(http);
        account = accounts.named(null);
        store = new TokenStore(jdbc, keys);
        oauth = new OAuthTokens(store, new TokenRefresh(store, calls, budget, new CrmHosts(new MockEnvironment())));
        tokens = new AccountTokens(oauth);
        idle = new IdleTokens(accounts, oauth, states);
        exchange = new CodeExchange(store, calls, oauth, budget, states, new OneTimeUses(jdbc));
    }

    Access access() {
        return tokens.access(account);
    }

    /** As the gate does after a 401. */
    Access renew(String rejected) {
        return tokens.renew(account, new Access(account.settings().address(), rejected)).orElseThrow();
    }
}
