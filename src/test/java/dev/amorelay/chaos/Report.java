package dev.amorelay.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** The generated parts of {@code docs/chaos.md}: a complete run writes the table, the backlog its own. */
final class Report {

    private static final Path PAGE = Path.of("docs/chaos.md");

    private Report() {
    }

    /** Writes what the run is complete enough for; what it says is in {@code target/chaos/report.md} in any case. */
    static void write(Settings settings, List<Line> lines) throws IOException {
        List<Line> ledger = lines.stream().filter(line -> !line.scenario().equals(Settings.BACKLOG)).toList();
        List<Line> backlog = lines.stream().filter(line -> line.scenario().equals(Settings.BACKLOG)).toList();
        String table = head(settings) + table(ledger);
        String other = head(settings) + table(backlog) + backlog.stream().map(line -> "\n" + line.remarks() + ".\n").collect(Collectors.joining());
        Files.writeString(settings.folder().resolve("report.md"), (ledger.isEmpty() ? "" : table) + (backlog.isEmpty() ? "" : other));
        if (settings.isComplete()) {
            replace("ledger", table);
        }
        if (!backlog.isEmpty()) {
            replace("backlog", other);
        }
    }

    private static String head(Settings settings) {
        Runtime machine = Runtime.getRuntime();
        String names = settings.scenarios().size() >= Scenario.values().length ? "" : " " + String.join(" ", settings.scenarios());
        return """
                %s, %s %s, %d cores, Java %s. `bench/chaos%s`: %s.

                """.formatted(LocalDate.now(ZoneOffset.UTC), System.getProperty("os.name"), System.getProperty("os.arch"),
                machine.availableProcessors(), System.getProperty("java.version"), names, settings);
    }

    private static String table(List<Line> lines) {
        StringBuilder table = new StringBuilder("""
                | scenario | acknowledged | lost | duplicated | uncertain | recovery_s | faults | start_s | drained_s | failed |
                |---|---:|---:|---:|---:|---:|---:|---:|---:|---|
                """);
        for (Line line : lines) {
            table.append("| %s | %d | %d | %d | %d | %s | %d | %s | %.0f | %s |%n".formatted(line.scenario(), line.acknowledged(),
                    line.found().lost.size(), line.found().duplicated.size(), line.found().uncertain(), line.recovery(), line.faults(),
                    line.start(), line.drain(), line.failures().isEmpty() ? "–" : String.join("; ", line.failures())));
        }
        if (lines.size() > 1) {
            table.append("| **all** | **%d** | **%d** | **%d** | **%d** | | **%d** | | | |%n".formatted(
                    lines.stream().mapToInt(Line::acknowledged).sum(), lines.stream().mapToInt(line -> line.found().lost.size()).sum(),
                    lines.stream().mapToInt(line -> line.found().duplicated.size()).sum(),
                    lines.stream().mapToInt(line -> line.found().uncertain()).sum(), lines.stream().mapToInt(Line::faults).sum()));
        }
        return table.toString();
    }

    private static void replace(String part, String text) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- " + part + ": written by bench/chaos -->\n";
        String end = "<!-- end of " + part + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(PAGE + " has no place for the " + part);
        }
        Files.writeString(PAGE, page.substring(0, from + begin.length()) + text + page.substring(to));
    }
}
