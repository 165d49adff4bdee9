package dev.amorelay.workshop;

import org.apache.camel.FailedToCreateRouteException;

/** What really went wrong, in one line. */
final class Cause {

    private Cause() {
    }

    /** @return the innermost cause, in words for the person who edits */
    static String brief(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause instanceof FailedToCreateRouteException || cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.lines().map(String::strip).filter(line -> !line.isEmpty()).limit(3).reduce((left, right) -> left + " " + right)
                .orElse(cause.getClass().getSimpleName());
    }
}
