package dev.amorelay.maintenance;

import org.jspecify.annotations.Nullable;

/**
 * What a machine of a model needs at its maintenance.
 *
 * @param model as the manager writes it
 * @param name of the consumable
 * @param article null where there is none
 * @param quantity with its unit, for example {@code 5 л}; null where it is left open
 */
record Consumable(String model, String name, @Nullable String article, @Nullable String quantity) {

    /** Longest text of a cell. */
    static final int LONGEST = 200;
}
