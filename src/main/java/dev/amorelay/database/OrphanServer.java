package dev.amorelay.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL server that a killed relay left behind: it lives on and keeps its data directory to itself. */
final class OrphanServer {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanServer.class);
    private static final int STOP_SECONDS = 10;

    private OrphanServer() {
    }

    /**
     * Stops the server of a data directory where one runs, and removes the pid file where none does. The caller must
     * hold the {@link DirectoryLock}, so that the server cannot belong to a living relay.
     *
     * @param postgres PostgreSQL's own data directory, may be missing
     * @throws DatabaseStartFailed when the server does not stop within 10 s
     */
    static void stop(Path postgres) {
        Path pidFile = postgres.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> server = running(postgres);
        if (server.isPresent()) {
            LOG.warn("A PostgreSQL server (process {}) was left behind in {}: stopping it", server.get().pid(), postgres);
            stop(server.get(), postgres);
        }
        remove(pidFile);
    }

    /**
     * The server that runs on a data directory.
     *
     * @param postgres PostgreSQL's own data directory
     * @return its process; empty where none runs
     */
    static Optional<ProcessHandle> running(Path postgres) {
        return pid(postgres.resolve("postmaster.pid")).flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive).filter(process -> isServerOf(postgres, process));
    }

    private static Optional<Long> pid(Path pidFile) {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            // a negative number is a single-user backend's
            return lines.isEmpty() ? Optional.empty() : Optional.of(Math.abs(Long.parseLong(lines.get(0).trim())));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** After a reboot the number may be anybody's, so the process must be a server, and of this directory. */
    private static boolean isServerOf(Path postgres, ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        String command = info.command().or(() -> firstWord(info)).or(() -> systemName(process)).orElse("");
        String file = command.substring(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
        boolean server = file.equals("postgres") || file.equals("postgres.exe");
        return server && info.arguments().map(arguments -> !servesAnother(postgres, List.of(arguments))).orElse(true);
    }

    /** In doubt the answer is no: to take the pid file from a living server would let two write the same files. */
    private static boolean servesAnother(Path postgres, List<String> arguments) {
        int option = arguments.indexOf("-D");
        if (option < 0 || option + 1 == arguments.size()) {
            return false;
        }
        try {
            return !Files.isSameFile(Path.of(arguments.get(option + 1)), postgres);
        } catch (IOException | InvalidPathException e) {
            return false; // the directory was moved while its server ran
        }
    }

    private static Optional<String> firstWord(ProcessHandle.Info info) {
        return info.commandLine().map(line -> line.split(" ", 2)[0]);
    }

    /** Another user's process shows nothing but this. */
    private static Optional<String> systemName(ProcessHandle process) {
        try {
            return Optional.of(Files.readString(Path.of("/proc/" + process.pid() + "/comm")).trim());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void stop(ProcessHandle server, Path postgres) {
        askToStop(server);
        try {
            server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new DatabaseStartFailed("The PostgreSQL server (process " + server.pid() + ") that an earlier amo-relay left in "
                    + postgres + " did not stop within " + STOP_SECONDS + " s. Stop it by hand: kill -INT " + server.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseStartFailed("Interrupted while the old PostgreSQL server was stopping", e);
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown; where there are no signals the process is ended, and recovers on start. */
    private static void askToStop(ProcessHandle server) {
        try {
            // the shell's own kill: slim images have no other
            int code = new ProcessBuilder("sh", "-c", "kill -INT " + server.pid()).start().waitFor();
            if (code == 0) {
                return;
            }
        } catch (IOException e) {
            LOG.debug("No shell to send the signal with", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.destroy();
    }

    private static void remove(Path pidFile) {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new DatabaseStartFailed("The stale file " + pidFile + " cannot be removed: " + e, e);
        }
    }
}
