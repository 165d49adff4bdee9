package dev.amorelay.webhooks;

import java.util.List;

/**
 * Claimed events of one account about one kind of entity: what is worked on together.
 *
 * @param account the configured name of the account
 * @param accountId amoCRM's number of it; 0 where the hooks did not tell
 * @param entity {@code lead}, {@code contact}, …
 * @param events the events, oldest first
 */
public record EventGroup(String account, long accountId, String entity, List<Event> events) {

    /**
     * The entities that the events name.
     *
     * @return amoCRM's ids, each once, oldest event first; what is not a number is left out
     */
    public List<Long> entityIds() {
        return events.stream().map(Event::entityId)
                .filter(id -> id != null && id.matches("[1-9]\\d{0,17}"))
                .map(Long::valueOf).distinct().toList();
    }
}
