package dev.amorelay.flowtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tests beside the routes.
 *
 * @param routes the folder of the routes
 * @param tests those that could be understood
 * @param wrong what could not
 * @param flow the one whose tests these are; null for those of all
 */
record TestFiles(Path routes, List<FlowTest> tests, List<BadTest> wrong, @Nullable String flow) {

    static final String SUFFIX = ".test.yaml";

    /**
     * Reads them.
     *
     * @param place the folder of the routes, with the tests in {@code tests/} below it, or one file of tests
     */
    static TestFiles at(Path place) {
        boolean one = Files.isRegularFile(place);
        // routes/tests/<flow>.test.yaml belongs to routes/
        Path routes = one ? parent(place) : place;
        if (!Files.isDirectory(routes) || one && !place.toString().endsWith(SUFFIX)) {
            throw new BadTest(new Place(place.toString(), 1), "neither a folder with routes nor a file <flow>" + SUFFIX);
        }
        List<FlowTest> tests = new ArrayList<>();
        List<BadTest> wrong = new ArrayList<>();
        for (Path file : one ? List.of(place) : below(routes.resolve("tests"))) {
            TestReader reader = new TestReader();
            try {
                tests.addAll(reader.read(file.toString(), Files.readString(file)));
            } catch (IOException e) {
                wrong.add(new BadTest(new Place(file.toString(), 1), "cannot be read as UTF-8 text"));
            }
            wrong.addAll(reader.wrong());
        }
        return new TestFiles(routes, tests, wrong, one ? place.getFileName().toString().replace(SUFFIX, "") : null);
    }

    /** Flows without a file of tests. */
    List<String> untested() {
        if (flow != null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(routes)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".camel.yaml"))
                    .map(name -> name.replace(".camel.yaml", ""))
                    .filter(flow -> !Files.isRegularFile(routes.resolve("tests").resolve(flow + SUFFIX))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the person wrote it: relative where it was. */
    private static Path parent(Path file) {
        Path folder = file.getNameCount() > 2 ? file.getParent().getParent() : file.toAbsolutePath().getParent().getParent();
        return folder == null ? Path.of("") : folder;
    }

    private static List<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
