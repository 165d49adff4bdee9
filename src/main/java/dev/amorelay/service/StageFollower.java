package dev.amorelay.service;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.deals.ChangedDeal;
import dev.amorelay.settings.AccountSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/**
 * A stage that was moved in the CRM moves the request, forward only: an older reading of the deal, or our own change coming back
 * as a webhook, finds the request there already. Nothing is owed to the CRM for it.
 */
@Component
public class StageFollower {

    private final Accounts accounts;
    private final RequestBook book;
    private final RequestDeals known;
    private final RequestProgress progress;

    /**
     * @param accounts whose stages mean what
     * @param book the stored requests
     * @param known learns of deals
     * @param progress makes the steps
     */
    public StageFollower(Accounts accounts, RequestBook book, RequestDeals known, RequestProgress progress) {
        this.accounts = accounts;
        this.book = book;
        this.known = known;
        this.progress = progress;
    }

    /**
     * Moves the requests of the deals, in the commit that stores the deals.
     *
     * @param deals of one account, see {@link ChangedDeal}
     */
    public void follow(@Body List<Map<String, Object>> deals) {
        Map<UUID, ChangedDeal> requests = new HashMap<>();
        for (ChangedDeal deal : ChangedDeal.all(deals)) {
            if (!deal.requests().isEmpty() && status(deal).isPresent()) {
                deal.requests().forEach(request -> requests.put(UUID.fromString(request), deal));
            }
        }
        if (requests.isEmpty()) {
            return;
        }
        for (ServiceRequest request : book.lock(requests.keySet())) {
            ChangedDeal deal = requests.get(request.id());
            if (request.deal() == null) {
                known.learn(request, deal.account(), deal.id());
            }
            RequestStatus status = status(deal).orElseThrow();
            if (request.status().leadsTo(status)) {
                move(request, status);
            }
        }
    }

    private Optional<RequestStatus> status(ChangedDeal deal) {
        return status(accounts.named(deal.account()).settings().service(), deal.stage());
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
