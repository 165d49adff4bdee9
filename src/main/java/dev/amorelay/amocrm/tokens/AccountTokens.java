package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Access;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.TokenSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The tokens of every account: the long-lived one where the settings name one, else those of OAuth. */
@Component
class AccountTokens implements TokenSource {

    private final OAuthTokens oauth;

    AccountTokens(OAuthTokens oauth) {
        this.oauth = oauth;
    }

    @Override
    public Access access(Account account) {
        if (isLongLived(account)) {
            return new Access(account.settings().address(), account.settings().accessToken());
        }
        return oauth.access(configured(account));
    }

    @Override
    public Optional<Access> renew(Account account, Access rejected) {
        // a long-lived token has no refresh token: only a person can make another
        return isLongLived(account) ? Optional.empty() : Optional.of(oauth.renew(configured(account), rejected));
    }

    @Override
    public CrmUnavailable refused(Account account, CrmUnavailable refusal) {
        return isLongLived(account) ? refusal : OAuthTroubles.freshTokenRefused(account);
    }

    private static boolean isLongLived(Account account) {
        return account.settings().accessToken() != null && !account.settings().accessToken().isBlank();
    }

    private static Account configured(Account account) {
        if (!account.settings().usesOAuth()) {
            throw OAuthTroubles.notConfigured(account);
        }
        return account;
    }
}
