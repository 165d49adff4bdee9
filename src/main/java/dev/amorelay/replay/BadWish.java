package dev.amorelay.replay;

/** A request of the admin that cannot be understood; the message is a Russian sentence that says what is wrong. */
class BadWish extends RuntimeException {

    BadWish(String message) {
        super(message);
    }
}
