package dev.amorelay.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A run: one scenario after another on the same two databases, each with messages of its own. */
final class Run {

    private static final int DEALS_OF_ONE = 3;

    private Run() {
    }

    /** Plays what is wanted, prints a line for each, and writes the report. */
    static List<Line> play(Settings settings) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stage stage = new Stage(settings)) {
            List<Long> deals = stage.outside().deals(settings.deals(), settings.deals() / DEALS_OF_ONE);
            say(Line.HEAD);
            for (String name : settings.scenarios()) {
                Line line = name.equals(Settings.BACKLOG) ? new Backlog(stage).play(lines.size() + 1)
                        : new Performance(stage, settings, deals).play(Scenario.of(name), lines.size() + 1);
                lines.add(line);
                say(line.text());
                say("  " + line.faults() + " faults, start " + line.start() + " s, drained after %.0f s; ".formatted(line.drain()) + line.remarks());
                line.failures().forEach(failure -> say("  FAILED " + failure));
            }
        }
        Report.write(settings, lines);
        return lines;
    }

    private static void say(String text) {
        System.out.println("chaos: " + text);
    }
}
