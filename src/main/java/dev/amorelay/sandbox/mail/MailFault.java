package dev.amorelay.sandbox.mail;

/** What can go wrong at the stand-in for the mail server. */
public enum MailFault {
    /** 550 for the recipient; the scope names which: {@code "on":"zakaz@example.com"}. */
    REFUSE_RECIPIENT,
    /** 421 in place of a greeting. */
    REFUSE_ALL,
    /** The whole mail is read, not taken, and there is no answer for {@code ms}; then the connection is closed. */
    HANG,
    /** The connection is closed in place of a greeting. */
    DROP_BEFORE,
    /** The mail is taken, the connection is closed without an answer. */
    DROP_AFTER,
    /** The mail is taken at once, the answer comes after {@code ms}. */
    SLOW,
    /** Nobody listens until the faults are cleared. */
    DOWN
}
