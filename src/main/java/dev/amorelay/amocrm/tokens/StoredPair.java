package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Access;
import dev.amorelay.amocrm.CrmUnavailable;
import java.time.Duration;
import java.util.Optional;

/**
 * A pair as it lies in the database.
 *
 * @param account the configured name
 * @param address where the account answers
 * @param access opens the API
 * @param refresh works once
 * @param mark tells this pair from the next (the refresh token as sealed)
 * @param left how long the access token lives from now on, by the database's clock; negative when it is over
 * @param age since the pair was received
 * @param heldBack why nobody refreshes it now; empty when somebody may
 */
record StoredPair(String account, String address, String access, String refresh, String mark, Duration left, Duration age,
                  Optional<CrmUnavailable> heldBack) {

    /** @return what a call needs */
    Access asAccess() {
        return new Access(address, access);
    }

    /** @return nothing of the tokens */
    @Override
    public String toString() {
        return "StoredPair[" + account + ", " + address + ", " + left + "]";
    }
}
