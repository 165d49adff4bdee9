package dev.amorelay.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is started again, on the same port, when it dies under a living relay; the doors answer 503 meanwhile. */
final class KeptServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptServer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread keeper = new Thread(task, "database");
        keeper.setDaemon(true);
        return keeper;
    });
    private final Path postgres;
    private final Start start;
    private final int port;
    private EmbeddedPostgres server;
    private boolean closed;

    /** Starts a server on a data directory whose last server is gone. */
    @FunctionalInterface
    interface Start {

        /**
         * @param port the port to listen at; 0 = a free one
         * @return the running server
         */
        EmbeddedPostgres on(int port) throws IOException;
    }

    /**
     * @param postgres PostgreSQL's own data directory
     * @param start starts a server on it
     * @param port the port to listen at; 0 = a free one
     */
    KeptServer(Path postgres, Start start, int port) throws IOException {
        this.postgres = postgres;
        this.start = start;
        this.server = start.on(port);
        this.port = server.getPort();
        watch();
    }

    /** @return where it listens, always the same */
    int port() {
        return port;
    }

    private void watch() {
        // the process that the library knows is only the one that started the server
        OrphanServer.running(postgres).map(ProcessHandle::onExit).orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRun(() -> later(Duration.ZERO, FIRST_PAUSE));
    }

    private synchronized void later(Duration pause, Duration next) {
        if (!closed) {
            thread.schedule(() -> startAgain(next), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void startAgain(Duration pause) {
        if (closed) {
            return;
        }
        try {
            LOG.error("The PostgreSQL server inside has died: starting it again");
            // lets go of the dead server's files
            server.close();
            server = start.on(port);
            LOG.info("The PostgreSQL server inside is up again");
            watch();
        } catch (IOException | RuntimeException e) {
            LOG.error("The PostgreSQL server inside does not start, tried again in {} ms: {}", pause.toMillis(), e.getMessage());
            Duration twice = pause.multipliedBy(2);
            later(pause, twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE);
        }
    }

    /** Stops the server for good. */
    @Override
    public void close() throws IOException {
        // a start under way is cut short
        thread.shutdownNow();
        synchronized (this) {
            closed = true;
            server.close();
        }
    }
}
