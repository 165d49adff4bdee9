package dev.amorelay.leads;

import dev.amorelay.amocrm.CrmRefusing;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.delivery.Outbox.Debt;
import dev.amorelay.json.Json;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.Postponement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of leads that were tried: in the CRM, waiting, or set aside. */
@Component
class LeadResults {

    private static final String NOTES = "crm.lead-notes";

    private final LeadBook leads;
    private final LeadContacts contacts;
    private final Outbox outbox;
    private final FailurePolicy failures;
    private final List<LeadFollower> followers;
    private final TransactionTemplate inOneCommit;

    LeadResults(LeadBook leads, LeadContacts contacts, Outbox outbox, FailurePolicy failures, List<LeadFollower> followers,
                TransactionTemplate inOneCommit) {
        this.leads = leads;
        this.contacts = contacts;
        this.outbox = outbox;
        this.failures = failures;
        this.followers = followers;
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
        inOneCommit.executeWithoutResult(commit -> {
            List<Effect> ours = outbox.done(there, effect -> String.valueOf(amoLeads.get(effect.subject())));
            Map<UUID, Long> deals = ours.stream().collect(Collectors.toMap(effect -> UUID.fromString(effect.subject()),
                    effect -> amoLeads.get(effect.subject())));
            leads.delivered(deals);
            followers.forEach(follower -> follower.delivered(account, deals));
            outbox.owe(NOTES, account, ours.stream().map(effect -> new Debt(NOTES + ":" + effect.subject(),
                    effect.subject(), Json.object().put("lead", amoLeads.get(effect.subject())))).toList());
        });
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
