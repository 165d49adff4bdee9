package dev.amorelay.amocrm;

import java.util.Optional;

/** Where tokens come from. */
public interface TokenSource {

    /**
     * The access of an account, refreshed before it expires.
     *
     * @param account a configured account
     * @return address and token
     * @throws CrmUnavailable when there is no token, and what a person has to do
     */
    Access access(Account account);

    /**
     * A fresh access after amoCRM has answered 401 to one. All threads and nodes that ask at once get the result
     * of one refresh.
     *
     * @param account a configured account
     * @param rejected the access that amoCRM refused
     * @return another access to try once; empty where tokens are not refreshed
     * @throws CrmUnavailable when the refresh failed, and what a person has to do
     */
    Optional<Access> renew(Account account, Access rejected);

    /**
     * Tells a person what helps when amoCRM refuses even a fresh token.
     *
     * @param account a configured account
     * @param refusal as amoCRM's answer alone tells it
     * @return what to throw
     */
    default CrmUnavailable refused(Account account, CrmUnavailable refusal) {
        return refusal;
    }
}
