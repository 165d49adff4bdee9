package dev.amorelay.deals;

import dev.amorelay.amocrm.Account;
import dev.amorelay.deals.DealStore.Standing;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.EventGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells what has changed of deals that are being stored, so that a flow can say what follows from it. */
@Component
class DealChanges {

    /** Of a deal that we see for the first time these tell that it has come to a stage just now. */
    private static final Set<String> COMING = Set.of("lead.add", "lead.status");

    private final DealStore deals;
    private final DealFields fields;

    DealChanges(DealStore deals, DealFields fields) {
        this.deals = deals;
        this.fields = fields;
    }

    /**
     * To be asked after the deals are stored, in the same transaction.
     *
     * @param account theirs
     * @param group the events that told of them
     * @param read the deals as they were stored
     * @param before where they stood, asked before they were stored
     * @param requests deals of service requests by the request
     * @return in the order of what was read, see {@link ChangedDeal}
     */
    List<Map<String, Object>> of(Account account, EventGroup group, List<DealStore.Read> read, Map<Long, Standing> before,
                                 Map<UUID, Long> requests) {
        Map<Long, Standing> now = deals.standing(group.accountId(), read.stream().map(one -> one.deal().path("id").asLong()).toList());
        Map<Long, List<String>> ofDeals = new HashMap<>();
        requests.forEach((request, deal) -> ofDeals.computeIfAbsent(deal, id -> new ArrayList<>()).add(request.toString()));
        Map<Long, List<Event>> told = new HashMap<>();
        group.events().stream().filter(event -> event.entityId() != null && event.entityId().matches("[1-9]\\d{0,17}"))
                .forEach(event -> told.computeIfAbsent(Long.valueOf(event.entityId()), id -> new ArrayList<>()).add(event));
        List<Map<String, Object>> changed = new ArrayList<>();
        for (DealStore.Read one : read) {
            ChangedDeal deal = ChangedDeal.of(one.deal());
            Map<String, Object> map = deal.map();
            map.put("account", account.name());
            map.put("account_id", group.accountId());
            map.put("stage_name", one.stage());
            map.put("won", one.won());
            map.put("lost", deal.stage() == AccountSettings.LOST);
            map.put("sells_machines", account.settings().field().serialId() != null);
            map.put("requests", ofDeals.getOrDefault(deal.id(), List.of()));
            map.put("inn", DealPeople.of(account, one).inn());
            map.put("fields", fields.byName(account, one.deal().path("custom_fields_values")));
            stage(map, deal.stage(), before.get(deal.id()), now.get(deal.id()), told.getOrDefault(deal.id(), List.of()));
            changed.add(map);
        }
        return changed;
    }

    private static void stage(Map<String, Object> map, long stage, Standing before, Standing now, List<Event> told) {
        if (before == null) {
            map.put("came", told.stream().anyMatch(event -> COMING.contains(event.type())));
            map.put("stage_before", told.stream().filter(event -> event.payload().path("status_id").asLong() == stage)
                    .map(event -> event.payload().path("old_status_id").asLong()).filter(id -> id != 0).reduce((a, b) -> b).orElse(null));
        } else {
            // a newer reading may have been stored by another node meanwhile, which hands on what it has changed
            map.put("came", now.changes() > before.changes() && now.stage() == stage);
            map.put("stage_before", now.before());
        }
        map.put("stage_changes", now.changes());
    }
}
