package dev.amorelay.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Who runs this process. */
final class ProcessUser {

    private ProcessUser() {
    }

    /** @return whether it may do everything on its machine: by the effective number of its user, where the system tells it, else by name */
    static boolean isRoot() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            // Uid: real, effective, saved, file system
            return status.filter(line -> line.startsWith("Uid:")).anyMatch(line -> line.split("\\s+")[2].equals("0"));
        } catch (IOException | UncheckedIOException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
