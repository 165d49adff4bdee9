package dev.amorelay.work;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table whose rows are work: claimed by lease, renewed while the worker lives, settled once.
 *
 * @param <T> what a claimed row looks like
 */
public interface WorkTable<T extends Claimed> {

    /** How long a claim lasts without renewal; a dead worker's rows come back after it. */
    Duration LEASE = Duration.ofSeconds(7);

    /**
     * Tells which queues have rows that are due. It may be wrong for a moment: whoever claims takes what is there.
     *
     * @param queues kinds and accounts
     * @return those of them that are worth a claim
     */
    default Set<WorkQueue> due(Set<WorkQueue> queues) {
        return queues;
    }

    /**
     * Takes rows that are due.
     *
     * @param kind which rows
     * @param account whose rows: the configured name of an amoCRM account; empty for work that needs none
     * @param batch how many at most
     * @return the rows, oldest first; empty when nothing is due
     */
    List<T> claim(String kind, String account, int batch);

    /**
     * Prolongs claims by {@link #LEASE}. A lease number belongs to one claim of one row, so that ids and leases need no
     * join; and there must be none: in PostgreSQL an {@code UPDATE … FROM unnest(…)} that meets another update of the
     * same rows passes over all but the first of them, and a batch would be taken for lost while it is being renewed.
     *
     * @param held rows claimed by this process
     * @return ids of the rows that are still ours
     */
    Set<Long> renew(Collection<T> held);

    /**
     * Settles a row as done.
     *
     * @param row a claimed row
     * @throws LeaseLost when somebody else has claimed the row meanwhile
     */
    void done(T row);

    /**
     * Gives a row back, to be claimed again after a while.
     *
     * @param row a claimed row
     * @param postponement when, why, and what is known of the attempt
     * @throws LeaseLost when somebody else has claimed the row meanwhile
     */
    void postpone(T row, Postponement postponement);

    /**
     * Gives rows back for one and the same reason, which is not theirs. Rows that somebody else has claimed meanwhile are
     * left to them.
     *
     * @param delays claimed rows, each with the time until its next attempt
     * @param reason readable, without personal data
     * @param tried whether it was an attempt, which makes later waits longer
     * @param inDoubt whether the attempt may have reached the other side
     */
    default void postponeAll(Map<T, Duration> delays, String reason, boolean tried, boolean inDoubt) {
        delays.forEach((row, delay) -> postpone(row, new Postponement(delay, reason, false, inDoubt)));
    }

    /**
     * How long a row rests whose attempt was cut off when its node stopped or died: the other side may still be at it, and
     * whoever looks too early for what it makes does not find it, and makes it again.
     *
     * @return time until the row may be claimed again
     */
    default Duration restAfterCut() {
        return Duration.ofSeconds(20);
    }

    /**
     * Sets a row aside for good; a person can replay it.
     *
     * @param row a claimed row
     * @param reason readable, without personal data
     * @throws LeaseLost when somebody else has claimed the row meanwhile
     */
    void bury(T row, String reason);
}
