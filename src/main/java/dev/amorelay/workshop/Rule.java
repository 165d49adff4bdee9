package dev.amorelay.workshop;

import java.util.function.Consumer;

/** Something that must hold in a folder of flows. */
@FunctionalInterface
interface Rule {

    /**
     * Looks at everything.
     *
     * @param flows what can be read of the folder
     * @param findings takes whatever breaks the rule, all of it
     */
    void check(Flows flows, Consumer<Finding> findings);
}
