package dev.amorelay.amocrm;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tokens from the settings: made by an admin, never refreshed. */
@Component
class LongLivedTokens implements TokenSource {

    @Override
    public Access access(Account account) {
        return new Access(account.settings().address(), account.settings().accessToken());
    }

    @Override
    public Optional<Access> renew(Account account, Access rejected) {
        return Optional.empty();
    }
}
