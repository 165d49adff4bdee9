package dev.amorelay.work;

/** Somebody else has claimed the row since: the stale attempt must not write its result. */
public class LeaseLost extends RuntimeException {

    /**
     * @param row the row that is no longer ours
     */
    public LeaseLost(Claimed row) {
        super("lease lost: " + row.label());
    }
}
