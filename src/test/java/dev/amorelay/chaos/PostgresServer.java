package dev.amorelay.chaos;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.database.EmbeddedDatabase;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** A PostgreSQL server of its own: the binaries that come with the build, started, stopped and killed from here. */
final class PostgresServer implements AutoCloseable {

    static final String USER = "postgres";
    private static final Duration START = Duration.ofSeconds(60);

    private final String name;
    private final Path data;
    private final Path log;
    private final int port;
    private final boolean durable;
    private final String password;
    private final String program;
    private final HikariDataSource pool;
    private ChildProcess process;

    private PostgresServer(String name, Path folder, int port, boolean durable) throws IOException {
        this.name = name;
        this.data = folder.resolve("postgres");
        this.log = folder.resolveSibling(name + ".log");
        this.port = port;
        this.durable = durable;
        this.password = Files.readString(data.resolve("relay-password")).trim();
        // "/…/bin/postgres "-D" …": how the server was started when it was made
        this.program = Files.readString(data.resolve("postmaster.opts")).split(" \"", 2)[0];
        this.pool = pool();
    }

    /**
     * Makes a cluster as the relay itself makes one; {@link #start} starts a server on it.
     *
     * @param folder gets the data; its log lies beside it
     * @param durable whether a commit is on the disk before it is acknowledged
     */
    static PostgresServer create(String name, Path folder, int port, boolean durable) throws IOException {
        EmbeddedDatabase.start(folder).close();
        return at(name, folder, port, durable);
    }

    /** The same on a cluster that is there. */
    static PostgresServer at(String name, Path folder, int port, boolean durable) throws IOException {
        return new PostgresServer(name, folder, port, durable);
    }

    private HikariDataSource pool() {
        HikariDataSource ours = new HikariDataSource();
        ours.setJdbcUrl(url());
        ours.setUsername(USER);
        ours.setPassword(password);
        ours.setMaximumPoolSize(3);
        ours.setConnectionTimeout(3000);
        ours.setInitializationFailTimeout(-1);
        ours.addDataSourceProperty("ApplicationName", "chaos");
        return ours;
    }

    /** Starts the server and waits until it lets us in. A start that fails, because what was killed is not all gone, is repeated. */
    void start() {
        boolean up = Pause.until(() -> {
            if (process == null || !process.isAlive()) {
                process = ChildProcess.start(name, data, log, Map.of(), command());
            }
            return isUp();
        }, START);
        if (!up) {
            throw new IllegalStateException(name + " did not start, see " + log);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program, "-D", data.toString(), "-p", String.valueOf(port)));
        String commit = durable ? "on" : "off";
        for (String setting : List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=60",
                "shared_buffers=128MB", "timezone=UTC", "fsync=" + commit, "synchronous_commit=" + commit)) {
            command.addAll(List.of("-c", setting));
        }
        return command;
    }

    private boolean isUp() {
        try (Connection connection = DriverManager.getConnection(url() + "?connectTimeout=2&socketTimeout=2", USER, password)) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Sends the server a signal: INT stops it fast, QUIT at once, without a checkpoint. Waits until it is gone. */
    void stop(String signal) {
        process.signal(signal);
        if (!process.await(Duration.ofSeconds(30))) {
            process.kill();
        }
    }

    /** kill -9 of the server's first process. */
    void kill() {
        process.kill();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/relay";
    }

    String password() {
        return password;
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(pool);
    }

    @Override
    public void close() {
        pool.close();
        if (process != null && process.isAlive()) {
            stop("INT");
        }
    }
}
