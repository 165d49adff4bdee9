package dev.amorelay.leads;

/**
 * A lead at the door.
 *
 * @param lead what was posted
 * @param account the configured name of the account that takes it
 * @param key what makes a repeated post the same lead, see {@link LeadKey}
 * @param validFor how long the key holds, a PostgreSQL interval
 * @param testAnswer what a connection test is answered; null for a lead
 */
public record LeadPost(Lead lead, String account, String key, String validFor, String testAnswer) {

    private static final String FINE = "{\"status\":\"ok\"}";

    /** A lead. */
    public LeadPost(Lead lead, String account, String key, String validFor) {
        this(lead, account, key, validFor, null);
    }

    /** @return a site builder's question whether anybody is there, with the answer that it wants; null for the usual one */
    static LeadPost test(String answer) {
        return new LeadPost(null, null, null, null, answer == null ? FINE : answer);
    }

    /** @return whether there is a lead in it */
    public boolean isLead() {
        return lead != null;
    }
}
