package dev.amorelay.leads;

import java.time.Duration;

/**
 * How long the effects of a lead wait, because many came before it.
 *
 * @param stranger unless its person is known
 * @param person in any case, since one person sends so many
 */
public record LeadHold(Duration stranger, Duration person) {

    /** Nothing waits. */
    public static final LeadHold NONE = new LeadHold(Duration.ZERO, Duration.ZERO);
}
