package dev.amorelay.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The PostgreSQL server inside the process: real binaries, durable settings, data kept over restarts and kills.
 * It listens to this machine only, on a free port, and asks for a password that lies in its data directory. Killed
 * under a living relay, it is started again.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_WAIT = Duration.ofSeconds(60);

    private final KeptServer server;
    private final DirectoryLock lock;
    private final String password;

    private EmbeddedDatabase(KeptServer server, DirectoryLock lock, String password) {
        this.server = server;
        this.lock = lock;
        this.password = password;
    }

    /**
     * Starts the server, making its database on the first start. A server that a killed relay left behind is stopped.
     *
     * @param dataDir the relay's data directory; the database lies in {@code postgres} below it
     * @return the running database
     * @throws DatabaseStartFailed when another relay uses the directory or the server does not come up within 60 s
     */
    public static EmbeddedDatabase start(Path dataDir) {
        return start(dataDir, 0);
    }

    /**
     * The same on a given port.
     *
     * @param dataDir the relay's data directory
     * @param port where the server listens; 0 = a free port
     * @return the running database
     * @throws DatabaseStartFailed when another relay uses the directory or the server does not come up within 60 s
     */
    public static EmbeddedDatabase start(Path dataDir, int port) {
        Path directory = dataDir.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            Path postgres = directory.resolve("postgres");
            OrphanServer.stop(postgres);
            if (!Files.exists(postgres.resolve("PG_VERSION"))) {
                create(directory.resolve("postgres.new"), postgres);
            }
            String password = ServerAccess.password(postgres);
            KeptServer server = new KeptServer(postgres, at -> {
                OrphanServer.stop(postgres);
                return start(postgres, password, at);
            }, port);
            LOG.info("Database: PostgreSQL inside this process, data in {}, port {}", postgres, server.port());
            return new EmbeddedDatabase(server, lock, password);
        } catch (IOException | RuntimeException e) {
            throw failed(directory, lock, e);
        }
    }

    /** @return the address, without user and password */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + ServerAccess.DATABASE;
    }

    /** @return the owner of the database */
    public String user() {
        return ServerAccess.USER;
    }

    /** @return the password of {@link #user()} */
    public String password() {
        return password;
    }

    /** Stops the server and lets go of the directory. Connections that are still open are cut. */
    @Override
    public void close() throws IOException {
        try {
            server.close();
        } finally {
            lock.close();
        }
    }

    /** Makes the database aside and moves it into place when it is whole, so that a kill leaves no half of one. */
    private static void create(Path aside, Path postgres) throws IOException {
        OrphanServer.stop(aside);
        FileSystemUtils.deleteRecursively(aside);
        try (EmbeddedPostgres first = start(aside, null, 0)) {
            ServerAccess.close(first.getPostgresDatabase(), aside);
        }
        Files.move(aside, postgres);
    }

    private static EmbeddedPostgres start(Path postgres, String password, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(postgres)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(ServerBinaries.folder().toFile())
                // Spring stops the server, after the routes and the pool; a hook of the JVM would not wait for them
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_WAIT)
                // the same order and the same letters everywhere, whatever the machine's language
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        ServerConfig.SETTINGS.forEach(builder::setServerConfig);
        if (port > 0) {
            builder.setPort(port);
        }
        if (password != null) {
            builder.setConnectConfig("password", password);
        }
        return builder.start();
    }

    private static RuntimeException failed(Path directory, DirectoryLock lock, Exception cause) {
        RuntimeException failure = cause instanceof DatabaseStartFailed known ? known
                : new DatabaseStartFailed("The embedded PostgreSQL in " + directory + " did not start: " + cause.getMessage()
                        + ". Its own words are in " + directory.resolve("postgres").resolve("log") + ".", cause);
        try {
            lock.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }
}
