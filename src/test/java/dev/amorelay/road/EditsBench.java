package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * 200 requests a second on both doors through 100 random edits of the routes behind them, half of the edits broken: no request
 * fails, and each good edit is in effect within three seconds. Not a test: {@code bench/edits} runs it and prints its line.
 */
class EditsBench {

    private static final int EDITS = Integer.getInteger("bench.edits", 100);
    private static final int RATE = Integer.getInteger("bench.rate", 200);

    @Test
    void aHundredEdits() throws Exception {
        try (EditedRelay edited = EditedRelay.start(); EditsUnderLoad load = new EditsUnderLoad(edited, RATE, Long.getLong("bench.seed", System.nanoTime()))) {
            load.edit(EDITS);
            load.end();

            System.out.println(load.told());
            assertThat(load.failures()).isEmpty();
        }
    }
}
