package dev.amorelay.work;

/** A flow went round and round, or made more and more of its message, and was ended: whatever it works on, the fault is its own. */
public class RunTooLong extends RuntimeException {

    /**
     * @param message which step, and what was too much; nothing of the message
     */
    public RunTooLong(String message) {
        super(message);
    }
}
