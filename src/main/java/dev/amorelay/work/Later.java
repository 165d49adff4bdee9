package dev.amorelay.work;

import java.time.Duration;

/** The other side cannot take it now: wait without limit, and count nothing as failed. */
public class Later extends RuntimeException {

    private final transient Duration delay;

    /**
     * As a flow throws it: to wait the usual backoff.
     *
     * @param message what is wrong, without personal data
     */
    public Later(String message) {
        this(message, null, null);
    }

    /**
     * @param message what is wrong, without personal data
     * @param delay how long to wait at least; null = the usual backoff
     */
    public Later(String message, Duration delay) {
        this(message, delay, null);
    }

    /**
     * @param message what is wrong, without personal data
     * @param delay how long to wait at least; null = the usual backoff
     * @param cause what told us, or null
     */
    public Later(String message, Duration delay, Throwable cause) {
        super(message, cause);
        this.delay = delay;
    }

    /** @return how long to wait at least; null = the usual backoff */
    public Duration delay() {
        return delay;
    }

    /** @return whether nothing was tried, since the way to the other side is closed for everybody: that is no attempt */
    public boolean isNotTried() {
        return false;
    }

    /** @return whether waiting for it makes later waits longer */
    public boolean countsAsAttempt() {
        return !isNotTried();
    }

    /**
     * Whether waiting helps nothing, since others of the row's kind are served meanwhile.
     *
     * @param row the only row that was tried
     * @return true when the row is to be set aside
     */
    public boolean isHopelessFor(Claimed row) {
        return false;
    }

    /** @return whether calls are slowed down together, so that a row which waited longer each time would only lie idle */
    public boolean isPaced() {
        return false;
    }

    /** @return whether the delay is the flow's own, which the usual backoff does not make longer */
    public boolean isOwnDelay() {
        return false;
    }

    /** @return whether the attempt may have reached the other side all the same */
    public boolean inDoubt() {
        return false;
    }
}
