package dev.amorelay.work;

/**
 * How long a worker pauses between two looks for work. The first row of a quiet time never waits; while rows keep coming
 * they gather, longer and longer, so that a long stream is worked on in few full batches.
 */
final class Pace {

    /** Fewer rows than this part of a batch are no stream: gathering longer would save hardly a call, and cost them time. */
    private static final int PART_OF_A_BATCH = 20;

    private final WorkEndpoint endpoint;
    private long gather;

    Pace(WorkEndpoint endpoint) {
        this.endpoint = endpoint;
        this.gather = endpoint.getGather();
    }

    /**
     * The pause after a look.
     *
     * @param found how many rows there were
     * @return milliseconds; none when there were none, for then the next look is waited for, see {@link DueQueues}
     */
    long after(int found) {
        if (found == 0) {
            gather = endpoint.getGather();
            return 0;
        }
        if (found >= endpoint.getBatch()) {
            return 0;
        }
        if (found < endpoint.getBatch() / PART_OF_A_BATCH) {
            gather = endpoint.getGather();
            return gather;
        }
        long pause = gather;
        gather = Math.max(gather, Math.min(2 * gather, endpoint.getGatherMost()));
        return pause;
    }
}
