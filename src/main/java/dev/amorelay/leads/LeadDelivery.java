package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmLeads;
import dev.amorelay.amocrm.CrmOutcomeUnknown;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.delivery.Outbox.Debt;
import dev.amorelay.json.Json;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.Postponement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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

    private static final List<String> PLACE = List.of("pipeline_id", "status_id");

    private final LeadBook leads;
    private final Accounts accounts;
    private final LeadCard card;
    private final CrmLeads crm;
    private final LeadContacts contacts;
    private final Outbox outbox;
    private final FailurePolicy failures;
    private final List<LeadFollower> followers;
    private final TransactionTemplate inOneCommit;

    /**
     * @param leads the stored leads
     * @param accounts where they go
     * @param card what a lead looks like in the CRM
     * @param crm the CRM's leads
     * @param contacts the leads' contacts
     * @param outbox where notes are owed and deliveries settled
     * @param failures what becomes of the leads of a call that failed
     * @param followers who is told of the leads' deals
     * @param inOneCommit makes a result and what it owes one commit
     */
    public LeadDelivery(LeadBook leads, Accounts accounts, LeadCard card, CrmLeads crm, LeadContacts contacts, Outbox outbox,
                        FailurePolicy failures, List<LeadFollower> followers, TransactionTemplate inOneCommit) {
        this.leads = leads;
        this.accounts = accounts;
        this.card = card;
        this.crm = crm;
        this.contacts = contacts;
        this.outbox = outbox;
        this.failures = failures;
        this.followers = followers;
        this.inOneCommit = inOneCommit;
    }

    /**
     * Loads the leads that are owed.
     *
     * @param effects {@code crm.lead} or {@code crm.lead-of-stranger}, their subjects the leads' uuids; their payloads may name
     *     a {@code pipeline_id} and a {@code status_id} in place of the usual ones
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
        List<Delivery> doubtful = deliveries.stream().filter(delivery -> delivery.effect().inDoubt()).toList();
        if (doubtful.isEmpty()) {
            return deliveries;
        }
        Account account = doubtful.get(0).account();
        Instant since = doubtful.stream().map(delivery -> leads.storedAt(delivery.lead().id())).min(Comparator.naturalOrder())
                .orElseThrow().minus(CLOCKS);
        Map<String, Long> there = crm.findCreated(account.name(), cards(doubtful),
                account.settings().field().leadUuidId(), since, leads::isDelivered);
        settle(doubtful, there);
        return deliveries.stream().filter(delivery -> !there.containsKey(keyOf(delivery))).toList();
    }

    /**
     * Creates the leads, up to 50 a call. Those that the CRM refuses are set aside, and the others of their call go again.
     * What becomes of one call changes nothing for the next.
     *
     * @param deliveries leads of one account on their way
     */
    public void create(@Body List<Delivery> deliveries) {
        for (int from = 0; from < deliveries.size(); from += CrmLeads.MOST_IN_A_CALL) {
            List<Delivery> some = deliveries.subList(from, Math.min(from + CrmLeads.MOST_IN_A_CALL, deliveries.size()));
            try {
                createSome(some);
            } catch (RuntimeException failure) {
                failures.settle(some.stream().map(Delivery::effect).toList(), failure);
            }
        }
    }

    private void createSome(List<Delivery> deliveries) {
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
                    open.forEach(delivery -> createSome(List.of(delivery)));
                    return;
                }
            }
        }
    }

    private void createTogether(List<Delivery> deliveries) {
        Map<String, Long> ids = crm.create(deliveries.get(0).account().name(), cards(deliveries));
        settle(deliveries, ids);
        for (Delivery delivery : deliveries) {
            if (!ids.containsKey(keyOf(delivery))) {
                throw new CrmOutcomeUnknown("lead " + keyOf(delivery) + " is missing in the answer to its create");
            }
        }
    }

    /** A contact that is gone is looked for again; everything else needs a person. */
    private void setAside(Delivery delivery, CrmRejected rejected) {
        String reason = rejected.reasons().getOrDefault(keyOf(delivery), rejected.getMessage());
        inOneCommit.executeWithoutResult(commit -> {
            if (reason.contains("_embedded.contacts") && delivery.effect().failures() == 0) {
                contacts.forget(delivery);
                outbox.postpone(delivery.effect(), new Postponement(Duration.ZERO, reason, true, false));
            } else {
                leads.refused(delivery.lead().id());
                outbox.bury(delivery.effect(), reason);
            }
        });
    }

    private static String keyOf(Delivery delivery) {
        return delivery.lead().id().toString();
    }

    /**
     * Notes which leads are in the CRM, and what that owes, in one commit. A lead that another worker has claimed meanwhile
     * is left to that one, which looks it up before it creates anything.
     */
    private void settle(List<Delivery> deliveries, Map<String, Long> amoLeads) {
        List<Effect> there = deliveries.stream().map(Delivery::effect).filter(effect -> amoLeads.containsKey(effect.subject())).toList();
        if (there.isEmpty()) {
            return;
        }
        inOneCommit.executeWithoutResult(commit -> {
            List<Effect> ours = outbox.done(there, effect -> String.valueOf(amoLeads.get(effect.subject())));
            Map<UUID, Long> deals = ours.stream().collect(Collectors.toMap(effect -> UUID.fromString(effect.subject()),
                    effect -> amoLeads.get(effect.subject())));
            leads.delivered(deals);
            followers.forEach(follower -> follower.delivered(deliveries.get(0).account().name(), deals));
            outbox.owe(NOTES, deliveries.get(0).account().name(), ours.stream().map(effect -> new Debt(NOTES + ":" + effect.subject(),
                    effect.subject(), Json.object().put("lead", amoLeads.get(effect.subject())))).toList());
        });
    }

    private List<JsonNode> cards(List<Delivery> deliveries) {
        Map<UUID, Long> contacts = leads.contacts(deliveries.stream().map(delivery -> delivery.lead().id()).toList());
        return deliveries.stream().map(delivery -> {
            ObjectNode made = card.card(delivery.lead(), delivery.account(), contacts.get(delivery.lead().id()));
            return (JsonNode) placed(made, delivery.effect());
        }).toList();
    }

    /** A flow that owes the deal may name a place of its own; a pipeline without a stage means its first one. */
    private static ObjectNode placed(ObjectNode card, Effect effect) {
        JsonNode owed = Json.MAPPER.valueToTree(effect.payload());
        if (owed.hasNonNull("pipeline_id")) {
            card.remove("status_id");
            PLACE.stream().filter(owed::hasNonNull).forEach(key -> card.set(key, owed.get(key)));
        }
        return card;
    }
}
