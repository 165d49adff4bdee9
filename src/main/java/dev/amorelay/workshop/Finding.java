package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that is wrong in a file of flows.
 *
 * @param file the file's path below the folder, for example {@code errors/doors.camel.yaml}
 * @param line line, from 1
 * @param column column, from 1
 * @param message what is wrong, and what to do about it
 */
public record Finding(String file, int line, int column, String message) implements Comparable<Finding> {

    private static final Comparator<Finding> AS_READ = Comparator.comparing(Finding::file).thenComparingInt(Finding::line)
            .thenComparingInt(Finding::column).thenComparing(Finding::message);

    /**
     * Reads what has to be right.
     *
     * @param reader reads, and tells what is wrong
     * @param <T> what is read
     * @return what was read
     * @throws IllegalStateException with all that is wrong
     */
    public static <T> T none(Function<Consumer<Finding>, T> reader) {
        List<Finding> findings = new ArrayList<>();
        T read = reader.apply(findings::add);
        if (!findings.isEmpty()) {
            throw new IllegalStateException(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
        return read;
    }

    @Override
    public int compareTo(Finding other) {
        return AS_READ.compare(this, other);
    }

    /** @return as compilers tell it, so that editors jump there: {@code file:line:column: message} */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
