package dev.amorelay.mail;

import dev.amorelay.work.Later;

/** The mail server was out of reach a moment ago: nothing was tried, and the mail keeps its place. */
class MailAway extends Later {

    /** @param message what is wrong over there */
    MailAway(String message) {
        super(message, null);
    }

    @Override
    public boolean isNotTried() {
        return true;
    }
}
