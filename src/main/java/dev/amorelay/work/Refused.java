package dev.amorelay.work;

/** The other side has refused this very item, and will again: it is set aside, not repeated. */
public class Refused extends RuntimeException {

    /**
     * @param message which field, which rule; without personal data
     */
    public Refused(String message) {
        super(message);
    }
}
