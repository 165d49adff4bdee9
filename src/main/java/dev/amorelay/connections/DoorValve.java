package dev.amorelay.connections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;

/**
 * Every request passes here first. More at once than the doors serve are refused, so that threads are left for the health door, whatever
 * comes; a body is read with a look at the clock; and what nobody has read of one is waited for briefly, after the answer has gone out.
 */
final class DoorValve extends ValveBase {

    private static final String A_MOMENT = "5";
    /** So that a caller who still sends reads an answer that a person is to see. */
    private static final long COURTESY = 3_000_000_000L;
    private static final long HASTE = 250_000_000L;
    /** Whoever sends more is no form or page of ours; to read it all would cost more than to take it. */
    private static final int MOST_UNREAD = 16 * 1024 * 1024;
    private static final int FEW_UNREAD = 64 * 1024;
    /** A few people at a time are given so much attention. */
    private static final int COURTESIES = 4;

    private final ConnectionWatch watch;
    private final BodyReads reads;
    private final Semaphore places;
    private final Semaphore courtesies = new Semaphore(COURTESIES);
    private final Predicate<String> always;
    private final Counter refused = Metrics.counter("relay.doors.refused", "why", "busy");

    /**
     * @param watch the connections
     * @param reads the bodies that threads wait for
     * @param atOnce how many requests are served at once
     * @param always addresses that are served whatever comes
     */
    DoorValve(ConnectionWatch watch, BodyReads reads, int atOnce, Predicate<String> always) {
        super(true);
        this.watch = watch;
        this.reads = reads;
        this.places = new Semaphore(atOnce);
        this.always = always;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String connection = request.getServletConnection().getConnectionId();
        TimedBody body = body(request);
        body.start(request, connection);
        watch.serve(connection);
        try {
            serve(request, response);
            if (!request.isAsync()) {
                end(request, response, body);
            }
        } finally {
            watch.rest(connection);
        }
    }

    private TimedBody body(Request request) {
        InputBuffer source = request.getCoyoteRequest().getInputBuffer();
        if (source instanceof TimedBody timed) {
            return timed;
        }
        TimedBody timed = new TimedBody(source, reads, watch);
        request.getCoyoteRequest().setInputBuffer(timed);
        return timed;
    }

    private void serve(Request request, Response response) throws IOException, ServletException {
        if (always.test(request.getRequestURI())) {
            getNext().invoke(request, response);
        } else if (places.tryAcquire()) {
            try {
                getNext().invoke(request, response);
            } finally {
                places.release();
            }
        } else {
            refused.increment();
            response.setHeader("Retry-After", A_MOMENT);
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private void end(Request request, Response response, TimedBody body) throws IOException {
        if (body.isGivenUp() && !response.isCommitted() && response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            response.reset();
            response.setStatus(HttpServletResponse.SC_REQUEST_TIMEOUT);
        }
        if (!request.getCoyoteRequest().isFinished() && !(request.getCoyoteRequest().hasExpectation() && !response.isCommitted())) {
            response.finishResponse();
            readOff(request, response.getStatus(), body);
        }
    }

    /** Else the server waits for the rest of a body as long as its sender likes. */
    private void readOff(Request request, int status, TimedBody body) {
        boolean isTold = status / 100 == 2 || status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE || status == 422;
        boolean isGranted = (isTold || status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) && courtesies.tryAcquire();
        try {
            body.endBy(System.nanoTime() + (isTold && isGranted ? COURTESY : HASTE));
            discard(request, isGranted ? MOST_UNREAD : FEW_UNREAD);
        } finally {
            if (isGranted) {
                courtesies.release();
            }
        }
    }

    private static void discard(Request request, long most) {
        Discarded discarded = new Discarded();
        long left = most;
        try {
            while (left > 0) {
                int read = request.getCoyoteRequest().doRead(discarded);
                if (read < 0) {
                    return;
                }
                left -= read;
            }
        } catch (IOException e) {
            // too slow, or gone
        }
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
}
