package dev.amorelay.leads;

import dev.amorelay.amocrm.CrmRefusing;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.Postponement;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of leads that were tried: in the CRM, waiting, or set aside. */
@Component
class LeadResults {

    private final LeadBook leads;
    private final LeadContacts contacts;
    private final Outbox outbox;
    private final FailurePolicy failures;
    private final FlowEvents events;
    private final TransactionTemplate inOneCommit;

    LeadResults(LeadBook leads, LeadContacts contacts, Outbox outbox, FailurePolicy failures, FlowEvents events,
                TransactionTemplate inOneCommit) {
        this.leads = leads;
        this.contacts = contacts;
        this.outbox = outbox;
        this.failures = failures;
        this.events = events;
        this.inOneCommit = inOneCommit;
    }

    /**
     * Notes which leads are in the CRM, and what that owes, in one commit. A lead that another worker has claimed meanwhile
     * is left to that one, which looks it up before it creates anything.
     */
    void there(List<Delivery> deliveries, Map<String, Long> amoLeads) {
        List<Effect> there = deliveries.stream().map(Delivery::effect).filter(effect -> amoLeads.containsKey(effect.subject())).toList();
        if (there.isEmpty()) {
            return;
        }
        String account = deliveries.get(0).account().name();
        Map<UUID, Long> people = leads.contacts(deliveries.stream().map(delivery -> delivery.lead().id()).toList());
        Map<Effect, Delivery> byEffect = deliveries.stream().collect(Collectors.toMap(Delivery::effect, Function.identity()));
        inOneCommit.executeWithoutResult(commit -> {
            List<Effect> ours = outbox.done(there, effect -> String.valueOf(amoLeads.get(effect.subject())));
            leads.delivered(ours.stream().collect(Collectors.toMap(effect -> UUID.fromString(effect.subject()),
                    effect -> amoLeads.get(effect.subject()))));
            if (!ours.isEmpty()) {
                events.tell("leads.there.follow", ours.stream()
                        .map(effect -> told(account, amoLeads.get(effect.subject()), byEffect.get(effect).lead(), people)).toList());
            }
        });
    }

    private static Map<String, Object> told(String account, Long deal, Lead lead, Map<UUID, Long> people) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", deal);
        told.put("lead", deal);
        told.put("lead_id", lead.id().toString());
        told.put("account", account);
        told.put("source", lead.source());
        told.put("contact", people.get(lead.id()));
        return told;
    }

    /** A contact that is gone is looked for again, at once. */
    void contactGone(Delivery delivery, CrmRejected rejected) {
        inOneCommit.executeWithoutResult(commit -> {
            contacts.forget(delivery);
            outbox.postpone(delivery.effect(), new Postponement(Duration.ZERO, rejected.getMessage(), true, false));
        });
    }

    /** The account refuses it, whatever is left out: it waits, unless it is the odd one among others that pass. */
    void refused(Delivery delivery, CrmRefusing refusing) {
        inOneCommit.executeWithoutResult(commit -> {
            if (failures.settle(delivery.effect(), refusing) == FailurePolicy.Fate.SET_ASIDE) {
                leads.refused(delivery.lead().id());
            }
        });
    }

    /** They wait, or are tried again, for one and the same reason. */
    void failed(Collection<LeadOnItsWay> some, RuntimeException failure) {
        if (some.size() == 1 && failure instanceof CrmRefusing refusing) {
            refused(some.iterator().next().delivery(), refusing);
            return;
        }
        failures.settle(some.stream().map(lead -> lead.delivery().effect()).toList(), failure);
    }
}
