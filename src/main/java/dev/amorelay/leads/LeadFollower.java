package dev.amorelay.leads;

import java.util.Map;
import java.util.UUID;

/** What follows once leads are in the CRM: who made a lead learns its deal. */
public interface LeadFollower {

    /**
     * Writes what follows, in the commit that notes the leads as delivered.
     *
     * @param account the configured name of the account that has them
     * @param deals amoCRM's id by our uuid of the lead
     */
    void delivered(String account, Map<UUID, Long> deals);
}
