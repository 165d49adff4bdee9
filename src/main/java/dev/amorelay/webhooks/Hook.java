package dev.amorelay.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One webhook body: who sent it and what it tells.
 *
 * @param accountId amoCRM's number of the account, from the account block; null where the block has none
 * @param subdomain the account's subdomain; null where the block has none
 * @param events at least one, in the order of the body
 */
public record Hook(@Nullable Long accountId, @Nullable String subdomain, List<HookEvent> events) {

    /** Keeps its own copy of the events. */
    public Hook {
        events = List.copyOf(events);
    }
}
