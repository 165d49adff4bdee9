package dev.amorelay.flowtests;

import java.time.Duration;
import java.util.List;

/**
 * How a test went.
 *
 * @param test which
 * @param problems what was not as expected; empty = passed
 * @param took how long it took
 */
record Result(FlowTest test, List<Problem> problems, Duration took) {

    boolean passed() {
        return problems.isEmpty();
    }
}
