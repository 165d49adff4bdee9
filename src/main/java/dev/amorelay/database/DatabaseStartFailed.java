package dev.amorelay.database;

/** The embedded database cannot be started; the message tells a person why and what to do. */
public class DatabaseStartFailed extends RuntimeException {

    /**
     * @param message what is wrong and what to do
     */
    public DatabaseStartFailed(String message) {
        super(message);
    }

    /**
     * @param message what is wrong and what to do
     * @param cause what the system said
     */
    public DatabaseStartFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
