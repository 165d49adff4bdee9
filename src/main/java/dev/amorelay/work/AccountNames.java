package dev.amorelay.work;

import java.util.List;

/** The amoCRM accounts that work is done for. */
@FunctionalInterface
public interface AccountNames {

    /** @return the configured names */
    List<String> names();
}
