package dev.amorelay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The sources of the relay for rules about what is written and not compiled. */
final class SourceFiles {

    private static final Path ROOT = Path.of("src/main/java/dev/amorelay");

    private SourceFiles() {
    }

    /** The names of those whose text has something. */
    static List<String> having(Predicate<String> something) {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            List<String> found = new ArrayList<>();
            for (Path path : paths.filter(file -> file.toString().endsWith(".java")).sorted().toList()) {
                if (something.test(Files.readString(path))) {
                    found.add(ROOT.relativize(path).toString().replace('\\', '/'));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
