package dev.amorelay.webhooks;

import dev.amorelay.amocrm.KnownAccounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Sorts a batch of events into groups that can be worked on together. */
@Component
public class EventSorter {

    private final KnownAccounts accounts;

    /**
     * @param accounts amoCRM's numbers of the configured accounts
     */
    public EventSorter(KnownAccounts accounts) {
        this.accounts = accounts;
    }

    private record GroupKey(String account, long accountId, String entity) {
    }

    /**
     * Groups events by account and entity, keeping their order.
     *
     * @param events a claimed batch
     * @return the groups
     */
    public List<EventGroup> byEntity(List<Event> events) {
        Map<GroupKey, List<Event>> groups = new LinkedHashMap<>();
        for (Event event : events) {
            groups.computeIfAbsent(new GroupKey(event.account(), numberOf(event), event.entity()), key -> new ArrayList<>()).add(event);
        }
        return groups.entrySet().stream()
                .map(group -> new EventGroup(group.getKey().account(), group.getKey().accountId(),
                        group.getKey().entity(), group.getValue()))
                .toList();
    }

    /** An event that does not tell its account is the account's it is stored under. */
    private long numberOf(Event event) {
        return event.accountId() != 0 ? event.accountId() : accounts.numberOf(event.account());
    }
}
