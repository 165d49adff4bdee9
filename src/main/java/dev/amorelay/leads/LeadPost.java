package dev.amorelay.leads;

/**
 * A lead at the door.
 *
 * @param lead what was posted
 * @param account the configured name of the account that takes it
 * @param key what makes a repeated post the same lead, see {@link LeadKey}
 * @param validFor how long the key holds, a PostgreSQL interval
 */
public record LeadPost(Lead lead, String account, String key, String validFor) {
}
