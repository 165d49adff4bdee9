package dev.amorelay.workshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of the flows as it was at one moment.
 *
 * @param texts what stands in each file, by its path below the folder with {@code /}
 * @param tests the same of the files of tests
 */
public record Edition(Map<String, String> texts, Map<String, String> tests) {

    static final String TESTS = ".test.yaml";
    /** Flows and tables, and texts. */
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".ftl", ".ftlh");

    /** Keeps the texts, in the order of their names. */
    public Edition {
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
        tests = Collections.unmodifiableMap(new TreeMap<>(tests));
    }

    /** @param texts of a folder without tests */
    public Edition(Map<String, String> texts) {
        this(texts, Map.of());
    }

    /**
     * Reads all {@code *.yaml}, {@code *.yml}, {@code *.ftl} and {@code *.ftlh} below a folder, but what is hidden; tests ({@code *.test.yaml}) by themselves.
     *
     * @param folder the folder
     * @return what stands there now
     * @throws UncheckedIOException when it cannot be read
     */
    public static Edition of(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        Map<String, String> tests = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (isLookedAt(name)) {
                    (name.endsWith(TESTS) ? tests : texts).put(name, new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Edition(texts, tests);
    }

    /** Whether a file of this name is looked at: editors leave hidden files and backups behind. */
    static boolean isLookedAt(String name) {
        boolean hidden = name.startsWith(".") || name.contains("/.");
        return !hidden && ENDINGS.stream().anyMatch(name::endsWith);
    }
}
