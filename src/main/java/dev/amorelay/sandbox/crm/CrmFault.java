package dev.amorelay.sandbox.crm;

/** What can go wrong at the stand-in for amoCRM. */
public enum CrmFault {
    /** 500, nothing done. */
    ERROR500,
    /** 500, though the work is done. */
    ERROR500_AFTER,
    /** 504, though the work is done. */
    ERROR504_AFTER,
    /** The connection is closed, nothing done. */
    DROP_BEFORE,
    /** The work is done, the connection is closed without an answer. */
    DROP_AFTER,
    /** The front end's 403 page, as after a block. */
    HTML403,
    /** 429 that does not lead to a block; option {@code retry_after}, seconds. */
    ERROR429,
    /** The work is done at once, the answer comes after {@code ms}. */
    SLOW,
    /** 200 with a page of HTML, nothing done. */
    NONSENSE,
    /** 401, whatever the token. */
    UNAUTHORIZED,
    /** 402: the account is not paid for. */
    PAYMENT,
    /** 400 that blames {@code path} of each item with {@code code}; without a path it blames nothing, and says {@code detail}. */
    REFUSED,
    /** 302 to the host {@code to}. */
    REDIRECT,
    /** {@code filter[id]} is taken for nothing: strangers are listed. */
    FILTERS_IGNORED,
    /** 414 when the query has more than {@code bytes}. */
    URI_TOO_LONG,
    /** 504 when {@code filter[id]} names more than {@code ids}. */
    TOO_HEAVY
}
