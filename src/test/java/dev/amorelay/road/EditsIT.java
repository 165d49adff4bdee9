package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short form of {@code bench/edits}: ten edits, half of them broken, while leads and hooks come in. */
class EditsIT {

    private static final int EDITS = Integer.getInteger("bench.edits", 10);
    /** Not the bench's 200: tests run beside others, and a starved machine answers 503 whether anybody edits or not. */
    private static final int RATE = Integer.getInteger("bench.rate", 50);

    @Test
    void noRequestFailsBecauseOfAnEdit() throws Exception {
        try (EditedRelay edited = EditedRelay.start(); EditsUnderLoad load = new EditsUnderLoad(edited, RATE, Long.getLong("bench.seed", 6))) {
            load.edit(EDITS);
            load.end();

            System.out.println(load.told());
            assertThat(load.failures()).isEmpty();
            assertThat(edited.edits("taken")).isGreaterThanOrEqualTo(EDITS / 2.0);
            assertThat(edited.edits("refused")).isEqualTo(EDITS / 2);
            assertThat(edited.edits("failed")).isZero();
            // all that was acknowledged is stored
            assertThat(edited.relay.jdbc().queryForObject("SELECT count(*) FROM leads", Integer.class)).isGreaterThanOrEqualTo(load.sent() / 2);
        }
    }
}
