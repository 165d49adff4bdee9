package dev.amorelay.road;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** What runs the tests. */
final class Machine {

    private Machine() {
    }

    /** @return whether more waits for the processors than they can do: an answer then takes longer than it is made in */
    static boolean isStarved() {
        OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        return machine.getSystemLoadAverage() > 2.0 * machine.getAvailableProcessors();
    }
}
