package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountStates;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.amocrm.tokens.OneTimeUses.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * amoCRM tells that the integration was switched off (facts §1.3): the one hook that is signed. The signature is over the client id
 * and the account's number only, so the notice of today is word for word that of next year, and may lie in any proxy's log: it counts
 * once. Where the integration is switched off again, the account's next call is refused, and says so.
 */
@Component("uninstallHook")
public class UninstallHook {

    private static final Logger LOG = LoggerFactory.getLogger(UninstallHook.class);

    private final Accounts accounts;
    private final KnownAccounts known;
    private final TokenStore store;
    private final OAuthTokens tokens;
    private final AccountStates states;
    private final OneTimeUses uses;

    UninstallHook(Accounts accounts, KnownAccounts known, TokenStore store, OAuthTokens tokens, AccountStates states, OneTimeUses uses) {
        this.uses = uses;
        this.accounts = accounts;
        this.known = known;
        this.store = store;
        this.tokens = tokens;
        this.states = states;
    }

    /**
     * Whether a request is such a hook, genuine or not.
     *
     * @param query of the request, undecoded; null for none
     * @return true when it has {@code client_uuid, account_id, signature}
     */
    public boolean isMeant(@Body @Nullable String query) {
        return QueryParameters.of(query).hasAll("client_uuid", "account_id", "signature");
    }

    /**
     * Forgets the account's tokens and says that a person is needed, when the signature is amoCRM's.
     *
     * @param query of the request, undecoded
     * @return 200 for a genuine hook, also of an account that is not served here; else 403
     */
    public Page take(@Body String query) {
        QueryParameters told = QueryParameters.of(query);
        String client = told.get("client_uuid").orElse("");
        String number = told.get("account_id").orElse("");
        String signature = told.get("signature").orElse("").toLowerCase(Locale.ROOT);
        List<Account> signed = accounts.all().stream().filter(account -> client.equals(account.settings().clientId()))
                .filter(account -> isSigned(account, number, signature)).toList();
        if (signed.isEmpty() || !number.matches("\\d{1,18}")) {
            LOG.warn("an uninstall hook was not signed with our client secret");
            return Page.of(403, "Подпись не сошлась");
        }
        String name = known.nameOf(Long.valueOf(number), null);
        signed.stream().filter(account -> account.name().equals(name)).findFirst().ifPresentOrElse(account -> forget(account, signature),
                () -> LOG.warn("the integration was switched off in amoCRM account {}, which is not served here", number));
        return Page.of(200, "Принято");
    }

    private void forget(Account account, String signature) {
        if (!uses.claim(Kind.UNINSTALL, account.name() + " " + signature)) {
            LOG.warn("amoCRM account {}: the notice that the integration was switched off came before, and counts once", account.name());
            return;
        }
        store.delete(account);
        tokens.forget(account);
        states.troubled(account.name(), OAuthTroubles.uninstalled(account));
        LOG.warn("amoCRM account {}: the integration was switched off there", account.name());
    }

    private static boolean isSigned(Account account, String number, String signature) {
        String secret = account.settings().clientSecret();
        if (secret == null || secret.isBlank()) {
            return false;
        }
        byte[] expected = SecretKeys.hmac(secret.getBytes(StandardCharsets.UTF_8),
                (account.settings().clientId() + "|" + number).getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
    }
}
