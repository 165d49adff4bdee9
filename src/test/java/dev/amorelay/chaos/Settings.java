package dev.amorelay.chaos;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a run is to do.
 *
 * @param scenarios by name; {@code crm_backlog} is one of its own
 * @param kills faults a scenario
 * @param rate messages a second
 * @param seconds how long a scenario lasts at least, after its last fault messages keep coming until then
 * @param jar the packaged relay
 * @param folder for logs and data
 * @param brief as in a build: fewer deals, and processes that compile quickly rather than well
 */
record Settings(List<String> scenarios, int kills, int rate, int seconds, Path jar, Path folder, boolean brief) {

    static final String BACKLOG = "crm_backlog";
    /** A deal is won twice or more a second at the usual rate; a scenario that lasts longer has no more of them. */
    private static final int SALES_A_SECOND_AND_HUNDRED = 4;

    /** Reads the properties that {@code bench/chaos} sets; {@code short} is one scenario with one kill, {@code all} are all. */
    static Settings read() {
        List<String> wanted = Arrays.stream(System.getProperty("chaos.scenarios", "short").trim().split("[\\s,]+")).toList();
        boolean brief = wanted.equals(List.of("short"));
        List<String> scenarios = brief ? List.of("crash_recovery")
                : wanted.equals(List.of("all")) ? Arrays.stream(Scenario.values()).map(Scenario::word).toList() : wanted;
        scenarios.stream().filter(name -> !name.equals(BACKLOG)).forEach(Scenario::of);
        return new Settings(scenarios, Integer.getInteger("chaos.kills", brief ? 1 : 20), Integer.getInteger("chaos.rate", brief ? 30 : 60),
                Integer.getInteger("chaos.seconds", brief ? 20 : 120),
                Path.of(System.getProperty("chaos.jar", "target/amo-relay.jar")), Path.of("target/chaos"), brief);
    }

    /** @return whether every scenario with a fault of its own is run, so that the table is complete */
    boolean isComplete() {
        return scenarios.size() >= Scenario.values().length && kills >= 20;
    }

    /** @return options of the relay's and the outside world's Java: as in production, but in a build, where they live for a minute */
    List<String> java() {
        return brief ? List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC") : List.of();
    }

    /** @return deals that are there before the first message */
    int deals() {
        return brief ? 600 : 3000;
    }

    /** @return deals that can be won in a scenario */
    int sales() {
        return Math.max(50, rate * (seconds + kills * 20) * SALES_A_SECOND_AND_HUNDRED / 100);
    }

    @Override
    public String toString() {
        return "%d messages a second, %d faults a scenario, at least %d s a scenario".formatted(rate, kills, seconds);
    }
}
