package dev.amorelay.routes;

import dev.amorelay.work.Postponement;

/**
 * What became of a claimed row.
 *
 * @param row its id
 * @param outcome done, stored, skipped, dead or postponed
 * @param detail the external id, or why
 * @param postponement null unless postponed
 */
record Settled(long row, String outcome, String detail, Postponement postponement) {

    /** Id and outcome, for short. */
    String brief() {
        return row + " " + outcome;
    }
}
