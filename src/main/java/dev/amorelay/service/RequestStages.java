package dev.amorelay.service;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.settings.AccountSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stages that the deals of requests belong to, and the flow that brings them there. */
@Component
public class RequestStages {

    private final Accounts accounts;
    private final FlowEvents events;

    /**
     * @param accounts which stages there are
     * @param events tells the flow what the deal is owed
     */
    public RequestStages(Accounts accounts, FlowEvents events) {
        this.accounts = accounts;
        this.events = events;
    }

    /**
     * Tells the flow where a request is, in the commit that makes the step, or that learns the deal.
     *
     * @param request as it is now, with its deal; without one nothing follows yet
     */
    void tell(ServiceRequest request) {
        if (request.deal() == null) {
            return;
        }
        Map<String, Object> facts = new HashMap<>();
        facts.put("request", request.id().toString());
        facts.put("number", request.number());
        facts.put("account", request.account());
        facts.put("lead", request.deal());
        facts.put("status", request.status().code());
        facts.put("stage", stage(request));
        facts.put("at", Instant.now().getEpochSecond());
        facts.put("is_told", request.result() != null);
        facts.put("result", request.result() == null || request.result().isBlank() ? null : request.result());
        facts.put("next_maintenance", request.machine().nextMaintenance() == null ? null : request.machine().nextMaintenance().toString());
        events.tell("service.request.moved", facts);
    }

    /**
     * The stage that a request's deal belongs to.
     *
     * @param request as it is now
     * @return amoCRM's id; null where the account has none for it
     */
    @Nullable Long stage(ServiceRequest request) {
        AccountSettings.Service stages = accounts.named(request.account()).settings().service();
        return switch (request.status()) {
            case NEW -> null;
            case IN_PROGRESS -> stages.statusTakenId();
            case DONE -> stages.statusDoneId();
            case CANCELLED -> Long.valueOf(AccountSettings.LOST);
        };
    }
}
