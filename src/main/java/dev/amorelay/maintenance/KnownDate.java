package dev.amorelay.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a deal's date of the next maintenance.
 *
 * @param crmDay what the CRM's field held when last seen or written; null = nothing
 * @param previousDay what it held before; null = nothing
 * @param changedAt amoCRM's {@code updated_at} of the deal then; null = never seen
 * @param wantedDay set here and not yet written there; null = nothing to write
 * @param wantedAt when it was set, by our clock
 * @param revision counts what was set here
 * @param writingDay on its way to the CRM; null = nothing is
 */
record KnownDate(@Nullable LocalDate crmDay, @Nullable LocalDate previousDay, @Nullable Instant changedAt, @Nullable LocalDate wantedDay,
                 Instant wantedAt, long revision,
                 @Nullable LocalDate writingDay) {

    /** How far amoCRM's clock and ours may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(10);

    /** What a date that was read from the CRM means. */
    enum Meaning {
        /** Nothing new, or from before what is known. */
        NOTHING,
        /** What we have just written, or are writing. */
        ECHO,
        /** Somebody has changed it there, but before it was set here. */
        OLDER_THAN_OURS,
        /** Somebody has changed it there. In doubt the CRM is right: a person has written it there. */
        CHANGED
    }

    /**
     * Compares a read with what is known.
     *
     * @param day what the field holds; null = nothing
     * @param updatedAt the deal's {@code updated_at}, whole seconds of amoCRM's clock
     * @return what to make of it
     */
    Meaning of(@Nullable LocalDate day, Instant updatedAt) {
        if (same(day, crmDay)) {
            return Meaning.NOTHING;
        }
        if (changedAt != null && (updatedAt.isBefore(changedAt) || updatedAt.equals(changedAt) && same(day, previousDay))) {
            return Meaning.NOTHING;
        }
        if (day != null && day.equals(writingDay)) {
            return Meaning.ECHO;
        }
        return wantedDay != null && updatedAt.isBefore(wantedAt.minus(CLOCKS)) ? Meaning.OLDER_THAN_OURS : Meaning.CHANGED;
    }

    private static boolean same(LocalDate one, LocalDate other) {
        return one == null ? other == null : one.equals(other);
    }
}
