package dev.amorelay.maintenance;

import java.util.List;

/** A list of consumables that cannot be taken as it is; nothing of it was stored. */
class ConsumablesRefused extends RuntimeException {

    private final transient List<Mistake> mistakes;

    /**
     * What is wrong in it.
     *
     * @param line of the file, from 1; of a JSON list the number of the consumable, from 1
     * @param text a Russian sentence
     */
    record Mistake(int line, String text) {
    }

    ConsumablesRefused(List<Mistake> mistakes) {
        super(mistakes.size() + " mistakes in a list of consumables");
        this.mistakes = List.copyOf(mistakes);
    }

    List<Mistake> mistakes() {
        return mistakes;
    }
}
