package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.BudgetUsedUp;
import dev.amorelay.amocrm.CallBudget;
import dev.amorelay.amocrm.CrmCall;
import dev.amorelay.amocrm.CrmUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * One refresh, by the one who holds the lease.
 *
 * <p>A refresh token works once, but stays valid until the pair that it was answered with is used (facts §1.1). So when
 * the answer is lost, or the relay dies before it is stored, the token that lies in the database is sent once more.
 */
@Component
class TokenRefresh {

    private static final Logger LOG = LoggerFactory.getLogger(TokenRefresh.class);

    /** After a failure that a person need not mend. */
    private static final Duration SHORT_HOLD_OFF = Duration.ofSeconds(5);
    private static final int STORE_ATTEMPTS = 5;

    private final TokenStore store;
    private final TokenCall calls;
    private final CallBudget budget;
    private final CrmHosts hosts;

    TokenRefresh(TokenStore store, TokenCall calls, CallBudget budget, CrmHosts hosts) {
        this.store = store;
        this.calls = calls;
        this.budget = budget;
        this.hosts = hosts;
    }

    private record Granted(String address, TokenPair pair) {
    }

    /** The lease ran out and somebody else has it: whatever was asked, the other one's answer counts. */
    private static final class LeaseLost extends RuntimeException {

        LeaseLost() {
            super("the lease is lost", null, false, false);
        }
    }

    /**
     * Refreshes a pair and stores the result. Returns as well when another pair came from elsewhere meanwhile.
     *
     * @param account whose pair it is
     * @param pair as stored
     * @param lease on it
     * @throws CrmUnavailable when it failed, and what a person has to do; noted in the database for the others
     */
    void run(Account account, StoredPair pair, UUID lease) {
        try {
            Granted granted = follow(account, pair, lease);
            if (keep(account, pair, granted)) {
                LOG.info("amoCRM account {}: token refreshed", account.name());
            }
        } catch (LeaseLost e) {
            LOG.info("amoCRM account {}: another node refreshes the token", account.name());
        } catch (OAuthRefusal refusal) {
            CrmUnavailable unavailable = OAuthTroubles.of(account, refusal, false);
            boolean forEver = refusal.refused() == OAuthRefusal.Refused.TOKEN;
            fail(pair, unavailable, forEver ? null : holdOff(unavailable));
        } catch (BudgetUsedUp heldBack) {
            store.release(lease);
            throw heldBack;
        } catch (CrmUnavailable unavailable) {
            fail(pair, unavailable, holdOff(unavailable));
        }
    }

    /** Asks at the known address, and once more at the new one where the account was renamed. */
    private Granted follow(Account account, StoredPair pair, UUID lease) {
        try {
            return new Granted(pair.address(), insist(account, pair.address(), pair, lease));
        } catch (OAuthRefusal refusal) {
            Optional<String> found = refusal.mayBeRenamed() ? newAddress(account, pair, lease) : Optional.empty();
            String moved = found.orElseThrow(() -> refusal);
            LOG.info("amoCRM account {}: answers at {} now", account.name(), moved);
            return new Granted(moved, insist(account, moved, pair, lease));
        }
    }

    private Optional<String> newAddress(Account account, StoredPair pair, UUID lease) {
        Optional<String> knowing = TokenClaims.of(pair.access()).apiDomain().flatMap(domain -> hosts.moved(account, domain));
        return knowing.flatMap(host -> {
            mayCall(CrmCall.get(account.name(), "/oauth2/account/current/subdomain", null), lease);
            return calls.domainNow(host, pair.refresh());
        }).flatMap(domain -> hosts.moved(account, domain)).filter(address -> !address.equals(pair.address()));
    }

    /** A lost answer is no answer: the same refresh token is sent once more. */
    private TokenPair insist(Account account, String address, StoredPair pair, UUID lease) {
        String lost;
        try {
            return ask(account, address, pair, lease);
        } catch (AnswerLost first) {
            lost = first.getMessage();
            LOG.warn("amoCRM account {}: no answer to a refresh ({}), once more with the same token", account.name(), lost);
        }
        try {
            return ask(account, address, pair, lease);
        } catch (AnswerLost second) {
            throw OAuthTroubles.silent("POST /oauth2/access_token → " + lost + ", " + second.getMessage());
        } catch (OAuthRefusal refusal) {
            throw refusal.afterLostAnswer();
        }
    }

    private TokenPair ask(Account account, String address, StoredPair pair, UUID lease) {
        mayCall(CrmCall.post(account.name(), "/oauth2/access_token", null), lease);
        try {
            return calls.refresh(account, address, pair.refresh());
        } catch (OAuthHttp.NotSent e) {
            throw OAuthTroubles.silent("POST /oauth2/access_token → " + e.getMessage());
        }
    }

    /** Waits for the budget first: the lease must last for the call. */
    private void mayCall(CrmCall call, UUID lease) {
        // so rare that its time on the way does not matter
        budget.end(budget.take(call));
        if (!store.extend(lease)) {
            throw new LeaseLost();
        }
    }

    /**
     * The old pair may be worth nothing by now, so a database that hiccups gets several chances; each waits for a
     * connection as long as the pool does.
     */
    private boolean keep(Account account, StoredPair pair, Granted granted) {
        for (int attempt = 1; ; attempt++) {
            try {
                return store.replace(pair, account, granted.address(), granted.pair());
            } catch (DataAccessException e) {
                if (attempt == STORE_ATTEMPTS) {
                    LOG.error("amoCRM account {}: the new tokens could not be stored; the refresh will be tried with the old one", account.name());
                    throw e;
                }
            }
        }
    }

    private void fail(StoredPair pair, CrmUnavailable unavailable, Duration holdOff) {
        if (store.fail(pair, unavailable, holdOff)) {
            throw unavailable;
        }
    }

    private static Duration holdOff(CrmUnavailable unavailable) {
        return unavailable.delay() == null ? SHORT_HOLD_OFF : unavailable.delay();
    }
}
