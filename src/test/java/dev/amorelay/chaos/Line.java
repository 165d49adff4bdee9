package dev.amorelay.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a scenario came to.
 *
 * @param scenario its name
 * @param acknowledged messages that got a 2xx
 * @param found what the comparison found
 * @param faults how many were caused
 * @param recovery the longest from a fault until work went on, in seconds; – where that has no meaning
 * @param start the longest start of a killed relay, in seconds, not contained in {@code recovery}
 * @param drain seconds from the last message until nothing was left to do
 * @param remarks what else there is to tell
 * @param problems why the scenario has failed; empty when it has not
 */
record Line(String scenario, int acknowledged, Ledger.Findings found, int faults, String recovery, String start, double drain,
            String remarks, List<String> problems) {

    static final String HEAD = "%-18s %12s %5s %10s %9s %10s".formatted("scenario", "acknowledged", "lost", "duplicated", "uncertain", "recovery_s");
    private static final int SOME = 5;

    /** @return the line that is printed */
    String text() {
        return "%-18s %12d %5d %10d %9d %10s".formatted(scenario, acknowledged, found.lost.size(), found.duplicated.size(),
                found.uncertain(), recovery);
    }

    /** @return why the run has to fail, each with a few examples */
    List<String> failures() {
        List<String> all = new ArrayList<>(problems);
        tell(all, "lost", found.lost);
        tell(all, "duplicated", found.duplicated);
        return all;
    }

    private static void tell(List<String> all, String what, Collection<String> keys) {
        if (!keys.isEmpty()) {
            all.add(keys.size() + " " + what + ": " + keys.stream().limit(SOME).toList());
        }
    }
}
