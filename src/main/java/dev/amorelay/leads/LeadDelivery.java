package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmLeads;
import dev.amorelay.amocrm.CrmOutcomeUnknown;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings leads into the CRM, many in one call, each once. */
@Component
public class LeadDelivery {

    /** The effect that adds a lead's notes, owed once the lead is in the CRM. */
    public static final String NOTES = "crm.lead-notes";

    /** How far amoCRM's clock and ours may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private final LeadBook leads;
    private final Accounts accounts;
    private final LeadCard card;
    private final CrmLeads crm;
    private final Outbox outbox;
    private final TransactionTemplate inOneCommit;

    /**
     * @param leads the stored leads
     * @param accounts where they go
     * @param card what a lead looks like in the CRM
     * @param crm the CRM's leads
     * @param outbox where notes are owed and deliveries settled
     * @param inOneCommit makes a result and what it owes one commit
     */
    public LeadDelivery(LeadBook leads, Accounts accounts, LeadCard card, CrmLeads crm, Outbox outbox,
                        TransactionTemplate inOneCommit) {
        this.leads = leads;
        this.accounts = accounts;
        this.card = card;
        this.crm = crm;
        this.outbox = outbox;
        this.inOneCommit = inOneCommit;
    }

    /**
     * Loads the leads that are owed.
     *
     * @param effects {@code crm.lead}, their subjects the leads' uuids
     * @return the leads on their way
     */
    public List<Delivery> load(@Body List<Effect> effects) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Effect effect : effects) {
            leads.find(effect.subject()).ifPresentOrElse(
                    lead -> deliveries.add(new Delivery(effect, lead, accounts.named(effect.account()))),
                    () -> outbox.skip(effect, "the lead is not stored any more"));
        }
        return deliveries;
    }

    /**
     * Looks in the CRM for leads whose earlier attempt ended without an answer, and settles those that are there.
     *
     * @param deliveries leads on their way, their contacts known
     * @return those that are still to be created
     */
    public List<Delivery> withoutThoseAlreadyThere(@Body List<Delivery> deliveries) {
        List<Delivery> missing = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Optional<Long> there = delivery.effect().inDoubt() ? findEarlier(delivery) : Optional.empty();
            there.ifPresentOrElse(id -> settle(delivery, id), () -> missing.add(delivery));
        }
        return missing;
    }

    private Optional<Long> findEarlier(Delivery delivery) {
        Instant since = leads.storedAt(delivery.lead().id()).minus(CLOCKS);
        return crm.findCreated(delivery.account().name(), cardOf(delivery), delivery.lead().id().toString(),
                delivery.account().settings().field().leadUuidId(), since);
    }

    /**
     * Creates the leads in one call. Those that the CRM refuses are set aside, and the others go again.
     *
     * @param deliveries up to 50 leads on their way
     */
    public void create(@Body List<Delivery> deliveries) {
        List<Delivery> open = new ArrayList<>(deliveries);
        while (!open.isEmpty()) {
            try {
                createTogether(open);
                return;
            } catch (CrmRejected rejected) {
                List<Delivery> blamed = open.stream()
                        .filter(delivery -> open.size() == 1 || rejected.reasons().containsKey(keyOf(delivery))).toList();
                blamed.forEach(delivery -> setAside(delivery, rejected));
                open.removeAll(blamed);
                if (blamed.isEmpty()) {
                    // the CRM blames nobody in particular: each goes alone
                    open.forEach(delivery -> create(List.of(delivery)));
                    return;
                }
            }
        }
    }

    private void createTogether(List<Delivery> deliveries) {
        Map<String, Long> ids = crm.create(deliveries.get(0).account().name(),
                deliveries.stream().map(this::cardOf).toList());
        for (Delivery delivery : deliveries) {
            Long id = ids.get(keyOf(delivery));
            if (id == null) {
                throw new CrmOutcomeUnknown("lead " + keyOf(delivery) + " is missing in the answer to its create");
            }
            settle(delivery, id);
        }
    }

    private void setAside(Delivery delivery, CrmRejected rejected) {
        inOneCommit.executeWithoutResult(commit -> {
            leads.refused(delivery.lead().id());
            outbox.bury(delivery.effect(), rejected.reasons().getOrDefault(keyOf(delivery), rejected.getMessage()));
        });
    }

    private static String keyOf(Delivery delivery) {
        return delivery.lead().id().toString();
    }

    private void settle(Delivery delivery, long amoLead) {
        Lead lead = delivery.lead();
        inOneCommit.executeWithoutResult(commit -> {
            leads.delivered(lead.id(), amoLead);
            outbox.owe(NOTES, delivery.account().name(), NOTES + ":" + lead.id(), lead.id().toString(),
                    Json.object().put("lead", amoLead));
            outbox.done(delivery.effect(), String.valueOf(amoLead));
        });
    }

    private JsonNode cardOf(Delivery delivery) {
        return card.card(delivery.lead(), delivery.account().settings(), leads.contact(delivery.lead().id()));
    }
}
