package dev.amorelay.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CrmChanges.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Where in its stretch of time a reconciliation stands: the next page to read. It is stored with what each page brought,
 * so that a process that dies goes on from there.
 *
 * <p>The event log is read day by day, pages by number: the past of a log does not change. Deals and contacts are read by
 * the time of their last change, and each page begins where the one before ended: what is changed meanwhile moves to the
 * end of the list, and would make numbered pages skip others. Only pages within one and the same second go by number.
 *
 * @param step what is read now
 * @param reached the step has read everything before; whole seconds
 * @param page from 1, counted from {@code reached}
 */
record Place(Step step, Instant reached, int page) {

    /** A piece of the event log that is read by numbered pages. */
    static final Duration LOG_PIECE = Duration.ofDays(1);

    /** What is looked through, in this order. */
    enum Step {
        /** The event log. */
        CHANGES,
        /** Deals by their last change. */
        DEALS,
        /** Contacts by their last change. */
        CONTACTS,
        /** Nothing more. */
        DONE;

        Step next() {
            return values()[Math.min(ordinal() + 1, DONE.ordinal())];
        }
    }

    /** The first page. */
    static Place first(Instant from) {
        return new Place(Step.CHANGES, from, 1);
    }

    /** The end of what this page is a part of: at most {@code to}. */
    Instant end(Instant to) {
        Instant piece = reached.plus(LOG_PIECE);
        return step == Step.CHANGES && piece.isBefore(to) ? piece : to;
    }

    /**
     * Where to go on.
     *
     * @param read what stood at this place
     * @param from where the stretch begins
     * @param to where it ends
     */
    Place after(Page read, Instant from, Instant to) {
        if (step == Step.CHANGES) {
            if (!read.isLast() && !read.items().isEmpty()) {
                return new Place(step, reached, page + 1);
            }
            return end(to).equals(to) ? skipped(from) : new Place(step, end(to), 1);
        }
        if (read.isLast() || read.items().isEmpty()) {
            return skipped(from);
        }
        Instant newest = changedAt(read.items()).get(read.items().size() - 1);
        return newest.isAfter(reached) ? new Place(step, newest, 1) : new Place(step, reached, page + 1);
    }

    /** The beginning of the next step. */
    Place skipped(Instant from) {
        return new Place(step.next(), from, 1);
    }

    /** Whether the account ignores the filter and lists whatever it has: reading on would never come to an end. */
    boolean isStrange(Page read, Instant to) {
        if (step == Step.CHANGES) {
            return read.items().stream().anyMatch(event -> outside(event.path("created_at"), to));
        }
        return read.items().stream().anyMatch(item -> outside(item.path("updated_at"), to));
    }

    private boolean outside(JsonNode unixSeconds, Instant to) {
        long at = unixSeconds.asLong();
        return at < reached.getEpochSecond() || at > end(to).getEpochSecond();
    }

    private static List<Instant> changedAt(List<JsonNode> items) {
        return items.stream().map(item -> Instant.ofEpochSecond(item.path("updated_at").asLong())).sorted().toList();
    }
}
