package dev.amorelay.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.deals.DealFollower;
import dev.amorelay.deals.DealStore;
import dev.amorelay.deals.ServiceDeals;
import dev.amorelay.settings.AccountSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A stage that was moved in the CRM moves the request, forward only: an older reading of the deal, or our own change coming back
 * as a webhook, finds the request there already. Nothing is owed to the CRM for it.
 */
@Component
public class StageFollower implements DealFollower {

    private final ServiceDeals deals;
    private final RequestBook book;
    private final RequestDeals known;
    private final RequestProgress progress;

    /**
     * @param deals which deals belong to requests
     * @param book the stored requests
     * @param known learns of deals
     * @param progress makes the steps
     */
    public StageFollower(ServiceDeals deals, RequestBook book, RequestDeals known, RequestProgress progress) {
        this.deals = deals;
        this.book = book;
        this.known = known;
        this.progress = progress;
    }

    @Override
    public void stored(Account account, long accountId, List<DealStore.Read> read) {
        Map<Long, RequestStatus> moved = new HashMap<>();
        List<JsonNode> told = read.stream().map(DealStore.Read::deal).toList();
        told.forEach(deal -> status(account.settings().service(), deal.path("status_id").asLong())
                .ifPresent(status -> moved.put(deal.path("id").asLong(), status)));
        told = told.stream().filter(deal -> moved.containsKey(deal.path("id").asLong())).toList();
        Map<UUID, Long> requests = told.isEmpty() ? Map.of() : deals.requests(account, told);
        if (requests.isEmpty()) {
            return;
        }
        for (ServiceRequest request : book.lock(requests.keySet())) {
            long deal = requests.get(request.id());
            if (request.deal() == null) {
                known.learn(request, account.name(), deal);
            }
            if (request.status().leadsTo(moved.get(deal))) {
                move(request, moved.get(deal));
            }
        }
    }

    private void move(ServiceRequest request, RequestStatus status) {
        switch (status) {
            case IN_PROGRESS -> progress.begin(request, null);
            case DONE -> progress.finish(request, null, null);
            case CANCELLED -> progress.cancel(request);
            case NEW -> throw new IllegalStateException("no stage means new");
        }
    }

    /** What a stage means for a request; most mean nothing. */
    static Optional<RequestStatus> status(AccountSettings.Service stages, long stage) {
        if (stage == stages.statusDoneId() || stage == AccountSettings.WON) {
            return Optional.of(RequestStatus.DONE);
        }
        if (stage == AccountSettings.LOST) {
            return Optional.of(RequestStatus.CANCELLED);
        }
        return stages.statusTakenId() != null && stage == stages.statusTakenId() ? Optional.of(RequestStatus.IN_PROGRESS) : Optional.empty();
    }
}
