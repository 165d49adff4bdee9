package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmUnavailable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Seals stored tokens with the newest key, so that the ones before it can be taken away. */
@Component
class KeyRotation {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

    private final Accounts accounts;
    private final TokenStore store;

    KeyRotation(Accounts accounts, TokenStore store) {
        this.accounts = accounts;
        this.store = store;
    }

    /** Soon after a start, and once more each hour: a pair that somebody refreshes is left to him. */
    @Scheduled(initialDelay = 10, fixedDelay = 3600, timeUnit = TimeUnit.SECONDS)
    void rotate() {
        accounts.all().stream().filter(account -> account.settings().usesOAuth()).forEach(this::rotate);
    }

    private void rotate(Account account) {
        try {
            if (!store.sealAgain(account, store.get(account))) {
                LOG.info("The tokens of {} are sealed with the newest key later: they are refreshed at this moment", account.name());
            }
        } catch (CrmUnavailable e) {
            // there is none, or none that opens: its account says so
            LOG.debug("no tokens of {} to seal", account.name());
        } catch (DataAccessException e) {
            LOG.debug("the tokens of {} are sealed later", account.name(), e);
        }
    }
}
