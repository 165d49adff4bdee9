package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CarefulItem;
import dev.amorelay.amocrm.CarefulWrites;
import dev.amorelay.amocrm.CrmLeads;
import dev.amorelay.amocrm.CrmOutcomeUnknown;
import dev.amorelay.amocrm.CrmRefusing;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CrmRejected.Violation;
import dev.amorelay.amocrm.RefusedWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Creates leads whatever of them amoCRM refuses: without what we configured wrongly, without what a person said wrongly, and the deal's
 * note tells what is missing. Where the account refuses without a word, leads wait; others find out first which of them is odd.
 */
@Component
class LeadCreation {

    private final CrmLeads crm;
    private final CarefulWrites care;
    private final RefusedWork refusedWork;
    private final LeadBook leads;
    private final LeadResults results;

    LeadCreation(CrmLeads crm, CarefulWrites care, RefusedWork refusedWork, LeadBook leads, LeadResults results) {
        this.crm = crm;
        this.care = care;
        this.refusedWork = refusedWork;
        this.leads = leads;
        this.results = results;
    }

    /**
     * Creates leads in as few calls as the account lets.
     *
     * @param account the configured name
     * @param some up to 50 leads
     */
    void create(String account, List<LeadOnItsWay> some) {
        care.leaveOutKnown(account, cards(some));
        Set<String> suspects = refusedWork.among(some.stream().map(lead -> lead.delivery().effect()).toList());
        List<LeadOnItsWay> fresh = some.stream().filter(lead -> !suspects.contains(lead.delivery().effect().label())).toList();
        List<LeadOnItsWay> suspected = some.stream().filter(lead -> !fresh.contains(lead)).toList();
        if (refusedWork.inARow(account, CrmLeads.CREATE).isPresent()) {
            // what was never refused tells more about the account
            probe(account, Stream.concat(fresh.stream(), suspected.stream()).toList());
            return;
        }
        createFresh(account, fresh);
        oneByOne(account, suspected);
    }

    private void createFresh(String account, List<LeadOnItsWay> fresh) {
        together(account, fresh).ifPresent(refusing -> {
            if (fresh.size() == 1) {
                results.refused(fresh.get(0).delivery(), refusing);
            } else {
                oneByOne(account, fresh);
            }
        });
    }

    /** One call a while; only if it is served, the others follow. */
    private void probe(String account, List<LeadOnItsWay> some) {
        LeadOnItsWay first = some.get(0);
        List<LeadOnItsWay> others = some.subList(1, some.size());
        Optional<CrmRefusing> refusing = together(account, List.of(first));
        refusing.ifPresent(told -> results.refused(first.delivery(), told));
        if (refusing.isPresent()) {
            results.failed(others, refusing.get().notTried(account));
        } else {
            createFresh(account, others);
        }
    }

    /** Tells the odd from the others; so many refused in a row tell that it is the account, and the rest waits. */
    private void oneByOne(String account, List<LeadOnItsWay> some) {
        int inARow = 0;
        for (int i = 0; i < some.size(); i++) {
            LeadOnItsWay lead = some.get(i);
            Optional<CrmRefusing> refusing = together(account, List.of(lead));
            inARow = refusing.isPresent() ? inARow + 1 : 0;
            refusing.ifPresent(told -> results.refused(lead.delivery(), told));
            if (inARow >= RefusedWork.IN_A_ROW && i + 1 < some.size()) {
                results.failed(some.subList(i + 1, some.size()), refusing.orElseThrow().notTried(account));
                return;
            }
        }
    }

    /** Says what the account refused without blaming anybody, so that nobody is settled; empty where all are. */
    private Optional<CrmRefusing> together(String account, List<LeadOnItsWay> some) {
        List<LeadOnItsWay> open = new ArrayList<>(some);
        while (!open.isEmpty()) {
            try {
                send(account, open);
                return Optional.empty();
            } catch (CrmRefusing refusing) {
                return settled(open, some, refusing);
            } catch (CrmRejected rejected) {
                Optional<CrmRefusing> refusing = takeOut(account, open, rejected);
                if (refusing.isPresent()) {
                    return settled(open, some, refusing.get());
                }
            } catch (RuntimeException failure) {
                results.failed(open, failure);
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The caller settles what it gave, and only that: where some of it is settled already, the rest is settled here. */
    private Optional<CrmRefusing> settled(List<LeadOnItsWay> open, List<LeadOnItsWay> some, CrmRefusing refusing) {
        if (open.size() == some.size()) {
            return Optional.of(refusing);
        }
        results.failed(open, refusing);
        return Optional.empty();
    }

    private void send(String account, List<LeadOnItsWay> open) {
        Map<UUID, List<String>> leftOut = new HashMap<>();
        // before the call: should its answer be lost, the deal that is found gets the note all the same
        open.stream().filter(lead -> lead.delivery().effect().attempts() > 1 || !lead.card().leftOut().isEmpty())
                .forEach(lead -> leftOut.put(lead.delivery().lead().id(), care.sentences(account, lead.card())));
        leads.leaveOut(leftOut);
        Map<String, Long> ids = crm.create(account, open.stream().map(lead -> (JsonNode) lead.card().item()).toList());
        care.served(account, cards(open));
        results.there(open.stream().map(LeadOnItsWay::delivery).toList(), ids);
        for (LeadOnItsWay lead : open) {
            if (!ids.containsKey(lead.key())) {
                throw new CrmOutcomeUnknown("lead " + lead.key() + " is missing in the answer to its create");
            }
        }
    }

    /** Takes out what is refused. What nobody is blamed for, or is refused though nothing is left of it, is the account's. */
    private Optional<CrmRefusing> takeOut(String account, List<LeadOnItsWay> open, CrmRejected rejected) {
        boolean blamed = false;
        for (LeadOnItsWay lead : List.copyOf(open)) {
            List<Violation> violations = rejected.violations(lead.key(), open.size() == 1);
            if (violations.isEmpty()) {
                continue;
            }
            if (CarefulItem.blamesContact(violations) && lead.delivery().effect().failures() == 0) {
                results.contactGone(lead.delivery(), rejected);
                open.remove(lead);
            } else if (lead.card().isBare()) {
                results.refused(lead.delivery(), refusedWork.refusing(account, CrmLeads.CREATE, rejected));
                open.remove(lead);
            } else {
                care.takeOut(account, lead.card(), violations, cards(open));
            }
            blamed = true;
        }
        return blamed ? Optional.empty() : Optional.of(refusedWork.refusing(account, CrmLeads.CREATE, rejected));
    }

    private static List<CarefulItem> cards(List<LeadOnItsWay> some) {
        return some.stream().map(LeadOnItsWay::card).toList();
    }
}
