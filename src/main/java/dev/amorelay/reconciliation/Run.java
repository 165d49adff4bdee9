package dev.amorelay.reconciliation;

import java.time.Instant;

/**
 * A reconciliation: a row of {@code reconciliations}.
 *
 * @param id the row
 * @param account the configured name of the account
 * @param cause why it was begun
 * @param from the stretch of time that is looked through
 * @param to its end
 * @param place the next page
 * @param pages how many were read so far
 */
record Run(long id, String account, Cause cause, Instant from, Instant to, Place place, int pages) {

    /** Why a reconciliation was begun. */
    enum Cause {
        /** The relay was not up. */
        DOWNTIME("downtime"),
        /** amoCRM had switched the webhooks off, or there was no subscription. */
        HOOKS_OFF("hooks-off"),
        /** Somebody asked for it. */
        DEMAND("demand");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** @return the word in the table */
        String word() {
            return word;
        }
    }

    /** @return whether there is no page left */
    boolean isDone() {
        return place.step() == Place.Step.DONE;
    }
}
