package dev.amorelay.workshop;

/** An edit that was checked could not be put in place. */
class SwapFailed extends RuntimeException {

    SwapFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
