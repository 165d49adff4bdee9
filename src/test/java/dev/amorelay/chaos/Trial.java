package dev.amorelay.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One scenario while it runs: what it works on, and what it has measured. */
final class Trial {

    private final Stage stage;
    private final List<Node> relays;
    private final int faults;
    private final List<Sale> sales;
    private final Recovery recovery;
    private final Random dice = new Random(7);
    private final List<Double> recoveries = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int caused;

    /**
     * @param faults how many are to be caused
     * @param sales deals that are won in the course of it
     */
    Trial(Stage stage, List<Node> relays, int faults, List<Sale> sales) {
        this.stage = stage;
        this.relays = relays;
        this.faults = faults;
        this.sales = sales;
        this.recovery = new Recovery(stage.jdbc());
    }

    Stage stage() {
        return stage;
    }

    Node relay(int number) {
        return relays.get(number % relays.size());
    }

    List<Sale> sales() {
        return sales;
    }

    Recovery recovery() {
        return recovery;
    }

    int faults() {
        return faults;
    }

    /** Some time between two bounds, in seconds. */
    double between(double from, double to) {
        return from + (to - from) * dice.nextDouble();
    }

    /** Counts a fault that is caused now. */
    void caused() {
        caused++;
    }

    /** @return faults caused so far */
    int causedSoFar() {
        return caused;
    }

    /**
     * Notes how long it took from a fault until work went on.
     *
     * @param from the fault, or the moment its cause was gone
     * @param start what of it was the start of a process, which is told separately
     * @param first when work went on; empty when it did not in time
     * @param limit in seconds; more is a failure
     */
    void recovered(Instant from, Duration start, Optional<Instant> first, double limit) {
        if (first.isEmpty()) {
            problems.add("nothing was worked on within a minute after fault " + caused);
            return;
        }
        double seconds = Math.max(0, Duration.between(from, first.get()).minus(start).toMillis() / 1000.0);
        recoveries.add(seconds);
        if (seconds > limit) {
            problems.add("recovery took %.1f s after fault %d, the limit is %.0f s".formatted(seconds, caused, limit));
        }
    }

    void started(Duration start) {
        starts.add(start.toMillis() / 1000.0);
    }

    void problem(String what) {
        problems.add(what);
    }

    List<String> problems() {
        return problems;
    }

    /** @return the longest, in seconds, and how many were measured */
    String longestRecovery() {
        return recoveries.isEmpty() ? "–" : "%.1f".formatted(max(recoveries));
    }

    int recoveries() {
        return recoveries.size();
    }

    /** @return the longest start of a killed process, in seconds */
    String longestStart() {
        return starts.isEmpty() ? "–" : "%.1f".formatted(max(starts));
    }

    private static double max(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
