package dev.amorelay.sandbox.limits;

/** How a 429 looks: integrators saw all three (facts §2). */
public enum TooManyForm {
    /** Problem JSON with {@code retry_after}. */
    JSON,
    /** Problem JSON without it. */
    JSON_BARE,
    /** A line of text. */
    TEXT
}
