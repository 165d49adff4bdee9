package dev.amorelay.chaos;

import dev.amorelay.database.TemplateDatabase;
import dev.amorelay.road.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/** All processes of a run: two PostgreSQL servers, the outside world, one or two relays. None outlives the harness. */
final class Stage implements AutoCloseable {

    private final Path folder;
    private final Path jar;
    private final List<String> java;
    private final Deque<AutoCloseable> running = new ConcurrentLinkedDeque<>();
    private final Thread atExit = new Thread(this::killAll, "chaos-clean-up");
    private final PostgresServer database;
    private final Outside outside;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    /**
     * Starts the servers and the outside world; relays are started by {@link #relays}.
     *
     * @param settings name the folder of this run, for logs, and for the data until the run is over, and the packaged relay
     */
    Stage(Settings settings) throws IOException {
        this.folder = settings.folder().toAbsolutePath();
        this.jar = settings.jar().toAbsolutePath();
        this.java = settings.java();
        // what an earlier run has left
        FileSystemUtils.deleteRecursively(this.folder);
        Files.createDirectories(this.folder);
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            database = closing(PostgresServer.create("database", this.folder.resolve("database"), Ports.free(), true));
            TemplateDatabase.copy(this.folder.resolve("database"), Files.createDirectories(this.folder.resolve("memory")));
            database.start();
            // what the world outside remembers is not under test, and need not survive the machine
            PostgresServer memory = closing(PostgresServer.at("memory", this.folder.resolve("memory"), Ports.free(), false));
            memory.start();
            outside = closing(new Outside(this.folder, memory, Ports.free(), Ports.free(), Node.WIDE_LIMITS, java));
            outside.awaitOpen();
        } catch (IOException | RuntimeException e) {
            stopAll();
            throw e;
        }
    }

    private <T extends AutoCloseable> T closing(T started) {
        running.push(started);
        return started;
    }

    /**
     * Sees to it that so many relays run with these windows. The count of the last hour's calls begins anew on both sides,
     * since each scenario is an hour of its own as far as limits are concerned.
     */
    List<Node> relays(int count, String limits) throws IOException {
        nodes.forEach(Node::stop);
        while (nodes.size() < count) {
            Node node = new Node("relay" + (nodes.size() + 1), jar, java, folder, Ports.free(), Ports.free(), database, outside);
            nodes.add(node);
            closing(node::stop);
        }
        outside.mend();
        outside.limits(limits);
        if (Boolean.TRUE.equals(jdbc().queryForObject("SELECT to_regclass('amocrm_calls') IS NOT NULL", Boolean.class))) {
            jdbc().update("DELETE FROM amocrm_calls");
        }
        List<Node> wanted = nodes.subList(0, count);
        for (Node node : wanted) {
            node.limits(limits);
            node.launch();
        }
        wanted.forEach(Node::awaitOpen);
        return List.copyOf(wanted);
    }

    PostgresServer database() {
        return database;
    }

    Outside outside() {
        return outside;
    }

    /** @return the relay's database */
    JdbcTemplate jdbc() {
        return database.jdbc();
    }

    /** On Ctrl-C: relays need no farewell. */
    private void killAll() {
        nodes.stream().filter(Node::isRunning).forEach(Node::kill);
        stopAll();
    }

    private synchronized void stopAll() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("chaos: could not be stopped: " + e.getMessage());
            }
        }
    }

    /** Stops all processes and removes their data; logs stay. */
    @Override
    public void close() throws IOException {
        stopAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
        FileSystemUtils.deleteRecursively(folder.resolve("database"));
        FileSystemUtils.deleteRecursively(folder.resolve("memory"));
    }
}
