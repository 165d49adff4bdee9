package dev.amorelay.connections;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Where the bytes of a body come from, with a look at the clock. Whoever reads one, the doors or the server itself that takes a form
 * apart, reads through this. There is one for each connection under way, used again for the next request.
 */
final class TimedBody implements InputBuffer {

    private final InputBuffer source;
    private final BodyReads reads;
    private final ConnectionWatch watch;
    private Request request;
    private volatile String connection;
    private volatile String address;
    private volatile long begun;
    private volatile long received;
    private volatile boolean givenUp;
    private volatile long end;

    TimedBody(InputBuffer source, BodyReads reads, ConnectionWatch watch) {
        this.source = source;
        this.reads = reads;
        this.watch = watch;
    }

    /** Another request begins. */
    void start(Request next, String connectionId) {
        request = next;
        connection = connectionId;
        address = null;
        received = 0;
        givenUp = false;
        end = Long.MAX_VALUE;
    }

    /** Nobody waits for the rest of it beyond this moment, by {@link System#nanoTime()}. */
    void endBy(long moment) {
        givenUp = false;
        end = moment;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        if (givenUp) {
            throw new IOException("the body comes too slowly");
        }
        int read = source.available() > 0 ? source.doRead(handler) : waitFor(handler);
        if (read > 0) {
            received += read;
        }
        return read;
    }

    private int waitFor(ApplicationBufferHandler handler) throws IOException {
        long now = System.nanoTime();
        if (address == null) {
            begun = now;
            address = OpenConnection.network(request.getRemoteAddr());
        }
        if (isTooSlow(now) || !reads.begin(this, now)) {
            givenUp = true;
            throw new IOException("the body comes too slowly");
        }
        try {
            return source.doRead(handler);
        } finally {
            reads.end(this);
        }
    }

    boolean isTooSlow(long now) {
        return now > end || reads.isTooSlow(received, now - begun);
    }

    @Override
    public int available() {
        return source.available();
    }

    /** Ends the wait from another thread. */
    void giveUp() {
        givenUp = true;
        watch.end(connection);
    }

    boolean isGivenUp() {
        return givenUp;
    }

    String address() {
        return address;
    }

    long begun() {
        return begun;
    }

    long received() {
        return received;
    }
}
