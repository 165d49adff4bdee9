package dev.amorelay.leads;

import org.jspecify.annotations.Nullable;

/**
 * A lead at the door.
 *
 * @param lead what was posted
 * @param account the configured name of the account that takes it
 * @param key what makes a repeated post the same lead, see {@link LeadKey}
 * @param validFor how long the key holds, a PostgreSQL interval
 * @param hold how long its effects wait
 * @param captcha the token that it brought to be verified before anything is owed; null for none
 * @param isTrapped whether it has filled in what no person sees: then it owes nothing
 */
public record LeadPost(Lead lead, String account, String key, String validFor, LeadHold hold, @Nullable String captcha, boolean isTrapped) {

    /** A lead whose effects wait for nothing. */
    public LeadPost(Lead lead, String account, String key, String validFor) {
        this(lead, account, key, validFor, LeadHold.NONE, null, false);
    }
}
