package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {

    private long now = 5;
    private final Outage outage = new Outage(() -> now);

    private void away() {
        outage.failed(Duration.ofMillis(900).toNanos());
    }

    @Test
    void everybodyAsksWhileAllIsWell() {
        assertThat(outage.mayAsk()).isTrue();
        assertThat(outage.mayAsk()).isTrue();
    }

    @Test
    void aQuickFailureKeepsNobodyFromTrying() {
        outage.failed(Duration.ofMillis(20).toNanos());
        assertThat(outage.mayAsk()).isTrue();
        assertThat(outage.mayAsk()).isTrue();
    }

    @Test
    void whileItIsAwayOneLooks() {
        away();
        assertThat(outage.mayAsk()).isTrue();
        assertThat(outage.mayAsk()).isFalse();
        away();
        assertThat(outage.mayAsk()).as("the next one").isTrue();
        assertThat(outage.mayAsk()).isFalse();
    }

    @Test
    void anAnswerLetsEverybodyIn() {
        away();
        assertThat(outage.mayAsk()).isTrue();
        outage.over();
        assertThat(outage.mayAsk()).isTrue();
        assertThat(outage.mayAsk()).isTrue();
    }

    @Test
    void whoNeverTellsIsNotWaitedFor() {
        away();
        assertThat(outage.mayAsk()).isTrue();
        now += Duration.ofSeconds(2).toNanos();
        assertThat(outage.mayAsk()).isFalse();
        now += Duration.ofSeconds(1).toNanos();
        assertThat(outage.mayAsk()).isTrue();
    }
}
