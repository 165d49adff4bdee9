package dev.amorelay.doors;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Lets requests wait in front of the doors for the moment in which the routes behind them are exchanged: none is refused, and none
 * meets a door that is just gone.
 */
@Component
public class DoorHold {

    /** Whatever happens, nobody waits for longer. */
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final String ON_THE_WAY = DoorHold.class.getName();

    private final AtomicInteger onTheWay = new AtomicInteger();
    private volatile CountDownLatch closed;

    /** From now on requests wait. Those that have passed already may still be on the way, see {@link #isQuiet()}. */
    public void close() {
        if (closed == null) {
            closed = new CountDownLatch(1);
        }
    }

    /** Lets all go on. */
    public void open() {
        CountDownLatch gate = closed;
        closed = null;
        if (gate != null) {
            gate.countDown();
        }
    }

    /** @return whether routes are being exchanged now */
    boolean isClosed() {
        return closed != null;
    }

    /** @return whether no request is between this place and its door */
    public boolean isQuiet() {
        return onTheWay.get() == 0;
    }

    /** A request passes, or waits first. */
    void pass(HttpServletRequest request) throws InterruptedException {
        onTheWay.incrementAndGet();
        // counted before it is looked at: whoever closes afterwards sees the request, whoever closed before holds it
        CountDownLatch gate = closed;
        while (gate != null) {
            onTheWay.decrementAndGet();
            boolean opened = gate.await(MOST.toMillis(), TimeUnit.MILLISECONDS);
            onTheWay.incrementAndGet();
            gate = opened ? closed : null;
        }
        request.setAttribute(ON_THE_WAY, true);
    }

    /** A request has come to its door, which counts it from now on; or it is through without having met one. */
    void arrived(HttpServletRequest request) {
        if (request.getAttribute(ON_THE_WAY) != null) {
            request.removeAttribute(ON_THE_WAY);
            onTheWay.decrementAndGet();
        }
    }
}
