package dev.amorelay.work;

/** A row of the inbox or the outbox that this process holds by lease. */
public interface Claimed {

    /** @return the row's id */
    long id();

    /** @return the number of this claim; settling with an older one fails */
    long lease();

    /** @return how often the row was claimed, this time included */
    int attempts();

    /** @return how often an attempt failed on the row's own data */
    int failures();

    /** @return how often a claim ended without a word: its worker died, or was held up for longer than its lease */
    default int lapses() {
        return 0;
    }

    /** @return how the row is named in a log line: kind and id, nothing personal */
    String label();
}
