package dev.amorelay.service;

import java.util.Locale;

/** How far a service request is. It goes forward only: what is done or cancelled stays so. */
public enum RequestStatus {
    /** Nobody has taken it yet. */
    NEW("новая"),
    /** An engineer works on it. */
    IN_PROGRESS("уже в работе"),
    /** The work is done. */
    DONE("уже выполнена"),
    /** The client, or a manager in the CRM, has called it off. */
    CANCELLED("отменена");

    private final String label;

    RequestStatus(String label) {
        this.label = label;
    }

    /** @return as the table and the Mini App's API write it: {@code new}, {@code in_progress}, {@code done}, {@code cancelled} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return as a Russian sentence about a request says it */
    String label() {
        return label;
    }

    /** @return whether nothing comes after it */
    boolean isEnd() {
        return this == DONE || this == CANCELLED;
    }

    /**
     * Whether a request may go on from here.
     *
     * @param next where it is to go
     * @return false for what is behind it, or beside it
     */
    boolean leadsTo(RequestStatus next) {
        return !isEnd() && next.ordinal() > ordinal();
    }

    static RequestStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
