package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountStates;
import dev.amorelay.amocrm.CallBudget;
import dev.amorelay.amocrm.CrmCall;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.tokens.OneTimeUses.Kind;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A code becomes the account's first pair. */
@Component
class CodeExchange {

    private static final Logger LOG = LoggerFactory.getLogger(CodeExchange.class);
    private static final String PATH = "/oauth2/access_token";
    private static final String REMEDY = "войдите в amoCRM в нужный аккаунт и откройте ссылку снова;"
            + " если аккаунт переименован, поправьте его адрес в настройках";

    private final TokenStore store;
    private final TokenCall calls;
    private final OAuthTokens tokens;
    private final CallBudget budget;
    private final AccountStates states;
    private final OneTimeUses uses;

    CodeExchange(TokenStore store, TokenCall calls, OAuthTokens tokens, CallBudget budget, AccountStates states, OneTimeUses uses) {
        this.uses = uses;
        this.store = store;
        this.calls = calls;
        this.tokens = tokens;
        this.budget = budget;
        this.states = states;
    }

    /**
     * Exchanges a code where the account is known to answer.
     *
     * @param account whose code it is
     * @param code as the admin pasted it
     * @return the account's address
     * @throws CrmUnavailable when amoCRM gives no tokens, with cause and remedy
     */
    String exchange(Account account, String code) {
        return exchange(account, store.addressOf(account).orElse(account.settings().address()), code, false);
    }

    /**
     * Exchanges a code and stores the pair. Only the configured account's: whoever is logged in to another one
     * could give that one's consent by mistake, and leads would go there.
     *
     * @param account whose code it should be
     * @param address where to exchange it; must be a host that may see the client secret
     * @param code as the redirect brought it
     * @param canWait whether live work goes first
     * @return the account's address
     * @throws ConsentFailed when it is another account's
     * @throws CrmUnavailable when amoCRM gives no tokens, with cause and remedy
     */
    String exchange(Account account, String address, String code, boolean canWait) {
        Optional<Long> number = store.numberOf(account);
        boolean known = address.equals(account.settings().address()) || store.addressOf(account).filter(address::equals).isPresent();
        if (!known && number.isEmpty()) {
            throw otherAccount(account, address);
        }
        states.tokenComes(account.name());
        TokenPair pair = once(account, address, code, canWait);
        Optional<Long> claimed = TokenClaims.of(pair.access()).accountId();
        if (claimed.isPresent() && number.isPresent() && !claimed.equals(number)) {
            throw new ConsentFailed("доступ дан аккаунту с номером " + claimed.get() + ", а у настроенного номер " + number.get(), REMEDY);
        }
        if (!known && claimed.isEmpty()) {
            throw otherAccount(account, address);
        }
        store.put(account, address, pair);
        tokens.forget(account);
        states.tokenComes(account.name());
        LOG.info("amoCRM account {}: consent given, tokens stored", account.name());
        return address;
    }

    /** @return whether the code has been exchanged, or may have been */
    boolean isUsed(String code) {
        return uses.isUsed(Kind.CODE, code);
    }

    /** Whoever replays a code that was exchanged learns nothing, and costs no call. */
    private TokenPair once(Account account, String address, String code, boolean canWait) {
        if (!uses.claim(Kind.CODE, code)) {
            throw OAuthTroubles.codeUsed(account);
        }
        boolean mayBeUsed = false;
        try {
            TokenPair pair = ask(account, address, code, canWait);
            mayBeUsed = true;
            return pair;
        } catch (AnswerLost e) {
            mayBeUsed = true;
            throw OAuthTroubles.silent("POST " + PATH + " → " + e.getMessage());
        } finally {
            if (!mayBeUsed) {
                // amoCRM has not taken it: the same code may come again
                uses.release(Kind.CODE, code);
            }
        }
    }

    private TokenPair ask(Account account, String address, String code, boolean canWait) {
        CrmCall call = CrmCall.post(account.name(), PATH, null);
        try {
            // so rare that its time on the way does not matter
            budget.end(budget.take(canWait ? call.afterLiveWork() : call));
            return calls.exchange(account, address, code);
        } catch (OAuthRefusal refusal) {
            throw OAuthTroubles.of(account, refusal, true);
        } catch (OAuthHttp.NotSent e) {
            throw OAuthTroubles.silent("POST " + PATH + " → " + e.getMessage());
        }
    }

    private static ConsentFailed otherAccount(Account account, String address) {
        return new ConsentFailed("доступ дан аккаунту " + address + ", а релей настроен на " + account.settings().address(), REMEDY);
    }
}
