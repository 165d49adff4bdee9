package dev.amorelay.deals;

import dev.amorelay.amocrm.Account;
import java.util.List;

/** What follows from deals that were just stored: registrations, moved service requests, moved dates. */
public interface DealFollower {

    /**
     * Writes what follows, in the commit that stores the deals. The rows of {@code amocrm_deals} are written already;
     * they may be newer than what is told here, where another node has read the same deal meanwhile.
     *
     * @param account the deals' account
     * @param accountId amoCRM's number of it
     * @param deals as read from the CRM
     */
    void stored(Account account, long accountId, List<DealStore.Read> deals);
}
