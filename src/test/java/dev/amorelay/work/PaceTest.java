package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a worker pauses between two looks. */
class PaceTest {

    private final WorkEndpoint endpoint = new WorkEndpoint("work:test", null, "test");

    private Pace pace(int batch, long gather, long most) {
        endpoint.setBatch(batch);
        endpoint.setGather(gather);
        endpoint.setGatherMost(most);
        return new Pace(endpoint);
    }

    @Test
    void whileWorkKeepsComingItGathersLongerAndLonger() {
        Pace pace = pace(100, 1000, 4000);
        assertThat(new long[] {pace.after(5), pace.after(5), pace.after(5), pace.after(5)}).containsExactly(1000, 2000, 4000, 4000);
    }

    @Test
    void aQuietMomentEndsTheStream() {
        Pace pace = pace(100, 1000, 4000);
        pace.after(5);
        pace.after(5);
        assertThat(pace.after(0)).as("the next look is waited for, see DueQueues").isZero();
        assertThat(pace.after(1)).isEqualTo(1000);
    }

    @Test
    void aFewRowsAreNoStream() {
        Pace pace = pace(100, 1000, 4000);
        pace.after(5);
        pace.after(5);
        assertThat(new long[] {pace.after(4), pace.after(4), pace.after(5), pace.after(5)}).containsExactly(1000, 1000, 1000, 2000);
    }

    @Test
    void aFullBatchIsFollowedAtOnce() {
        Pace pace = pace(100, 1000, 4000);
        assertThat(pace.after(100)).isZero();
        assertThat(pace.after(1)).isEqualTo(1000);
    }

    @Test
    void withoutALimitItGathersAlwaysAsLong() {
        Pace pace = pace(100, 1000, 0);
        assertThat(new long[] {pace.after(3), pace.after(3)}).containsExactly(1000, 1000);
    }

    @Test
    void rowsThatAreWorkedOnOneByOneDoNotGather() {
        assertThat(pace(0, 0, 0).after(1)).isZero();
    }
}
