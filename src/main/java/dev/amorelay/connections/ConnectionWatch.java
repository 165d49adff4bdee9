package dev.amorelay.connections;

import dev.amorelay.connections.OpenConnection.State;
import dev.amorelay.settings.DoorSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.tomcat.util.net.Nio2Channel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the connections of the doors a few times a second and ends what must not go on: a head or a body that comes too slowly, and
 * of connections that do nothing as many as are too many, of one address or in all. Those that never asked for anything go first, the
 * oldest before others; a request under way is never ended for its connection's sake.
 */
final class ConnectionWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(200);
    /** What is left free of all connections for those that come between two looks. */
    private static final double MOST_IN_USE = 0.6;

    private final DoorSettings settings;
    private final BodyReads reads;
    private final Predicate<String> trusted;
    private final Counter ended = Metrics.counter("relay.connections.ended");
    private final Map<String, OpenConnection> known = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "connection-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile DoorProtocol protocol;

    /**
     * @param settings what a connection may cost
     * @param reads the bodies that threads wait for
     * @param trusted the proxies, by whose addresses nobody is counted
     */
    ConnectionWatch(DoorSettings settings, BodyReads reads, Predicate<String> trusted) {
        this.settings = settings;
        this.reads = reads;
        this.trusted = trusted;
    }

    /** Begins to look. */
    void watch(DoorProtocol doors) {
        protocol = doors;
        clock.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A request is served on a connection from now on. */
    void serve(String id) {
        long now = System.nanoTime();
        known.computeIfAbsent(id, unknown -> new OpenConnection(now)).serve(now);
    }

    /** It has been served. */
    void rest(String id) {
        OpenConnection connection = known.get(id);
        if (connection != null) {
            connection.rest(System.nanoTime());
        }
    }

    /** Ends a connection, whatever it does. */
    void end(String id) {
        for (SocketWrapperBase<Nio2Channel> socket : protocol.connections()) {
            if (id.equals(id(socket))) {
                ended.increment();
                OpenConnection.end(socket);
                return;
            }
        }
    }

    private static String id(SocketWrapperBase<Nio2Channel> socket) {
        return socket.getServletConnection("http/1.1", "").getConnectionId();
    }

    private void look() {
        try {
            long now = System.nanoTime();
            reads.endSlow(now);
            List<OpenConnection> open = open(now);
            open.removeIf(connection -> isOver(connection, now));
            open.stream().filter(connection -> !trusted.test(connection.peer())).collect(Collectors.groupingBy(OpenConnection::network))
                    .values().forEach(ofOne -> cut(ofOne, settings.connectionsPerAddress()));
            cut(open, (int) (protocol.getMaxConnections() * MOST_IN_USE));
        } catch (RuntimeException e) {
            LOG.warn("The doors' connections could not be looked at: {}", e.getClass().getName());
        }
    }

    private List<OpenConnection> open(long now) {
        List<OpenConnection> open = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (SocketWrapperBase<Nio2Channel> socket : protocol.connections()) {
            String id = id(socket);
            OpenConnection connection = known.computeIfAbsent(id, unknown -> new OpenConnection(now));
            connection.look(socket, now);
            seen.add(id);
            open.add(connection);
        }
        // one that was accepted since, and is served already, is not seen yet
        known.entrySet().removeIf(entry -> !seen.contains(entry.getKey()) && entry.getValue().state() != State.SERVED);
        return open;
    }

    private boolean isOver(OpenConnection connection, long now) {
        boolean over = connection.state() == State.HEAD && now - connection.since() > settings.headDeadline().toNanos();
        if (over) {
            end(connection);
        }
        return over;
    }

    private void cut(Collection<OpenConnection> connections, int most) {
        int tooMany = connections.size() - most;
        if (tooMany <= 0) {
            return;
        }
        connections.stream().filter(connection -> connection.state() != State.SERVED)
                .sorted(Comparator.comparing(OpenConnection::isKnown).thenComparing(OpenConnection::since))
                .limit(tooMany).forEach(this::end);
    }

    private void end(OpenConnection connection) {
        ended.increment();
        connection.end();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
