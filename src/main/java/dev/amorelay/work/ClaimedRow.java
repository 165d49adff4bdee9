package dev.amorelay.work;

import org.jspecify.annotations.Nullable;

/**
 * A row just claimed, as it was read.
 *
 * @param row the row
 * @param unfit why nobody can work on it; null where somebody can
 * @param <T> kind of row
 */
public record ClaimedRow<T extends Claimed>(T row, @Nullable String unfit) {

    /** After so many workers that died over a row, or lost it, without a word, it is set aside. */
    public static final int MOST_LAPSES = 10;

    /**
     * A row that can be read.
     *
     * @param row the row
     * @param <T> kind of row
     * @return fit, unless too many workers have died over it
     */
    public static <T extends Claimed> ClaimedRow<T> of(T row) {
        return new ClaimedRow<>(row, row.lapses() < MOST_LAPSES ? null
                : row.lapses() + " workers died over it, or lost it, without settling it: it may have arrived");
    }
}
