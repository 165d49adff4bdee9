package dev.amorelay.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the harness started; signals go to this one process and no other. */
final class ChildProcess {

    private static final List<String> KEPT = List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "USER");

    private final String name;
    private final Process process;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts a program with nothing of our own environment but what every program needs.
     *
     * @param log gets all that it prints, after what is there
     */
    static ChildProcess start(String name, Path folder, Path log, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not start", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its short name: STOP, CONT, INT, QUIT. */
    void signal(String signal) {
        if (isAlive()) {
            signal(process.pid(), signal);
        }
    }

    /** The shell's own kill: slim images have no other. */
    static void signal(long pid, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** kill -9, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(20));
    }

    /** Asks it to stop, and kills it when it has not after {@code patience}. */
    void stop(Duration patience) {
        process.destroy();
        if (!await(patience)) {
            kill();
        }
    }

    /** @return whether it has ended in time */
    boolean await(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String toString() {
        return name + " (" + process.pid() + ")";
    }
}
