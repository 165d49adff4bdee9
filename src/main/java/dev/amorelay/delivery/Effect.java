package dev.amorelay.delivery;

import dev.amorelay.work.Claimed;
import java.util.Map;

/**
 * Something owed to the outside world, held by lease: a row of {@code outbox}.
 *
 * @param id the row
 * @param lease number of this claim
 * @param kind what is owed, for example {@code mail.lead-copy}
 * @param account the configured name of the amoCRM account it needs; empty for none
 * @param key the effect's own key: one effect a key
 * @param subject whose effect it is, for example the lead's uuid
 * @param payload what the flow needs to know
 * @param attempts claims so far, this one included
 * @param failures attempts that failed on the effect's own data
 * @param inDoubt whether an earlier attempt may have reached the other side
 * @param lapses claims that ended without a word
 */
public record Effect(long id, long lease, String kind, String account, String key, String subject,
                     Map<String, Object> payload, int attempts, int failures, boolean inDoubt, int lapses) implements Claimed {

    /** An effect whose claims have all ended with a word. */
    public Effect(long id, long lease, String kind, String account, String key, String subject, Map<String, Object> payload,
                  int attempts, int failures, boolean inDoubt) {
        this(id, lease, kind, account, key, subject, payload, attempts, failures, inDoubt, 0);
    }

    /**
     * The same work with more to know about it.
     *
     * @param known what the flow needs to know
     * @return the same claim
     */
    public Effect with(Map<String, Object> known) {
        return new Effect(id, lease, kind, account, key, subject, known, attempts, failures, inDoubt, lapses);
    }

    @Override
    public String label() {
        return kind + " " + id;
    }

    /** Two claims of one row are different work: the payload plays no part. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Effect effect && effect.id == id && effect.lease == lease;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id * 31 + lease);
    }
}
