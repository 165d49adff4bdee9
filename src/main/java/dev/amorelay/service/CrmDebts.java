package dev.amorelay.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What a step that was made here owes to the deal: its stage, and the result as a note. */
@Component
public class CrmDebts {

    /** The effect that puts a deal to the stage of its request. */
    public static final String STAGE = "crm.lead-status";
    private static final String NOTE = "crm.note";

    private final Accounts accounts;
    private final Outbox outbox;

    /**
     * @param accounts which stages there are
     * @param outbox where the effects are owed
     */
    public CrmDebts(Accounts accounts, Outbox outbox) {
        this.accounts = accounts;
        this.outbox = outbox;
    }

    /**
     * Owes it, in the commit that makes the step, or that learns the deal.
     *
     * @param request as it is now, with its deal; without one nothing is owed yet
     */
    void owe(ServiceRequest request) {
        if (request.deal() == null) {
            return;
        }
        String id = request.id().toString();
        String status = request.status().code();
        JsonNode payload = Json.object().put("lead", request.deal()).put("status", status).put("at", Instant.now().getEpochSecond());
        if (stage(request) != null) {
            outbox.owe(STAGE, request.account(), STAGE + ":service:" + id + ":" + status, id, payload);
        }
        if (request.status() == RequestStatus.DONE && request.result() != null) {
            ObjectNode note = Json.object().put("lead", request.deal()).put("note", "service-done").put("number", request.number());
            if (!request.result().isBlank()) {
                note.put("result", request.result());
            }
            if (request.machine().nextMaintenance() != null) {
                note.put("next_maintenance", request.machine().nextMaintenance().toString());
            }
            outbox.owe(NOTE, request.account(), NOTE + ":service:" + id, id, note);
        }
    }

    /**
     * The stage that a request's deal belongs to.
     *
     * @param request as it is now
     * @return amoCRM's id; null where the account has none for it
     */
    Long stage(ServiceRequest request) {
        AccountSettings.Service stages = accounts.named(request.account()).settings().service();
        return switch (request.status()) {
            case NEW -> null;
            case IN_PROGRESS -> stages.statusTakenId();
            case DONE -> stages.statusDoneId();
            case CANCELLED -> Long.valueOf(AccountSettings.LOST);
        };
    }
}
