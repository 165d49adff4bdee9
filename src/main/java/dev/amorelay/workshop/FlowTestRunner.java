package dev.amorelay.workshop;

import java.time.Duration;
import java.util.List;

/**
 * Plays tests of flows apart from everything real: in a relay of its own, with a database of its own and stand-ins outside. A service,
 * since a slim jar has none.
 */
public interface FlowTestRunner extends AutoCloseable {

    /**
     * Plays tests.
     *
     * @param application the class that starts the relay
     * @param edition the flows to be tested, checked, with their tests
     * @param files names of the files of tests, the most important first
     * @param most how long; no test begins later, one begins in any case
     * @return how they went
     * @throws IllegalStateException when no test could be played: the relay for them does not start; or {@link #close} came
     */
    Report play(Class<?> application, Edition edition, List<String> files, Duration most);

    /** Ends the relay that is kept for the next tests, and what is being played. */
    @Override
    void close();

    /**
     * How tests went.
     *
     * @param played how many
     * @param left how many there was no time for
     * @param failed which test failed, where it says so, and why
     */
    record Report(int played, int left, List<Finding> failed) {
    }
}
