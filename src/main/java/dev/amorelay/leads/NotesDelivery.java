package dev.amorelay.leads;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CarefulWrites;
import dev.amorelay.amocrm.CrmNotes;
import dev.amorelay.amocrm.CrmNotes.Note;
import dev.amorelay.amocrm.CrmRefusing;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.RefusalNotice;
import dev.amorelay.amocrm.RefusedWork;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.texts.TextFailed;
import dev.amorelay.work.FailurePolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The notes of leads that have reached the CRM. */
@Component
public class NotesDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(NotesDelivery.class);

    /** In the effect's payload: the texts as they were first sent. */
    private static final String WRITTEN = "written";

    private final LeadBook leads;
    private final LeadNotes texts;
    private final Accounts accounts;
    private final CrmNotes crm;
    private final Outbox outbox;
    private final RefusedWork refusedWork;
    private final FailurePolicy failures;
    private final RefusalNotice notice;

    /**
     * @param leads the stored leads
     * @param texts what is noted
     * @param accounts where they go
     * @param crm the CRM's notes
     * @param outbox where the deliveries are settled
     * @param refusedWork whether the account refuses whatever comes
     * @param failures what becomes of notes that cannot be added now
     * @param notice tells a manager of what amoCRM does not take
     */
    public NotesDelivery(LeadBook leads, LeadNotes texts, Accounts accounts, CrmNotes crm, Outbox outbox, RefusedWork refusedWork,
                         FailurePolicy failures, RefusalNotice notice) {
        this.notice = notice;
        this.accounts = accounts;
        this.leads = leads;
        this.texts = texts;
        this.crm = crm;
        this.outbox = outbox;
        this.refusedWork = refusedWork;
        this.failures = failures;
    }

    /**
     * Adds the notes of several leads in as few calls as the API allows, and settles the effects. Where the CRM
     * refuses, each lead goes alone, so that one that was deleted meanwhile takes no other with it. A lead whose earlier
     * attempt has to be looked up holds up no other either: of many such calls one may fail each time.
     *
     * @param effects {@code crm.lead-notes} of one account
     */
    public void add(@Body List<Effect> effects) {
        List<Effect> together = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        CrmUnavailable closed = null;
        for (Effect effect : written(effects)) {
            List<Note> theirs;
            try {
                if (effect.inDoubt() && closed != null) {
                    throw closed;
                }
                theirs = owed(effect);
            } catch (CrmUnavailable failure) {
                closed = failure.isOwnBudget() || failure.isNotTried() ? failure : null;
                failures.settle(effect, failure);
                continue;
            }
            if (effect.inDoubt() && theirs.isEmpty()) {
                outbox.done(List.of(effect), done -> null);
                continue;
            }
            if (!together.isEmpty() && notes.size() + theirs.size() > CrmNotes.MOST_IN_A_CALL) {
                // settled before the next call, which may fail: what is added is not added again
                addTogether(together, notes);
                together = new ArrayList<>();
                notes = new ArrayList<>();
            }
            together.add(effect);
            notes.addAll(theirs);
        }
        if (!together.isEmpty()) {
            addTogether(together, notes);
        }
    }

    private void addTogether(List<Effect> effects, List<Note> notes) {
        try {
            crm.add(effects.get(0).account(), notes);
            outbox.done(effects, effect -> null);
        } catch (CrmRefusing refusing) {
            if (effects.size() == 1) {
                throw refusing;
            }
            oneByOne(effects);
        } catch (CrmRejected rejected) {
            if (effects.size() == 1) {
                refused(effects.get(0), rejected);
            } else {
                effects.forEach(effect -> addTogether(List.of(effect), owed(effect)));
            }
        }
    }

    private void refused(Effect effect, CrmRejected rejected) {
        if (!rejected.blames("entity_id")) {
            refusedText(effect, rejected);
            return;
        }
        LOG.warn("{}: amoCRM account {} has no lead {} any more, its notes go nowhere", effect.label(), effect.account(),
                effect.payload().get("lead"));
        outbox.skip(effect, "the deal is not in the CRM any more: " + rejected.getMessage());
    }

    /** The others of the lead go in; a refused one is told to a manager. */
    private void refusedText(Effect effect, CrmRejected rejected) {
        List<Note> all = owed(effect);
        List<Note> left = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (rejected.violations(String.valueOf(i), all.size() == 1).isEmpty()) {
                left.add(all.get(i));
            } else {
                notice.tell(effect.account(), effect.key() + ":" + i, all.get(i).lead(),
                        "amoCRM не приняла примечание к заявке (" + String.join(" | ", rejected.reasons().values()) + ").",
                        all.get(i).text());
            }
        }
        if (left.size() == all.size()) {
            throw refusedWork.refusing(effect.account(), CrmNotes.ADD, rejected);
        }
        try {
            if (!left.isEmpty()) {
                crm.add(effect.account(), left);
            }
            outbox.done(List.of(effect), done -> null);
        } catch (CrmRejected again) {
            throw refusedWork.refusing(effect.account(), CrmNotes.ADD, again);
        }
    }

    /** Some in a row that the account refuses without a word tell enough: the others wait. */
    private void oneByOne(List<Effect> effects) {
        for (int i = 0; i < effects.size(); i++) {
            try {
                addTogether(List.of(effects.get(i)), owed(effects.get(i)));
            } catch (CrmRefusing refusing) {
                failures.settle(effects.get(i), refusing);
                if (refusedWork.inARow(effects.get(i).account(), CrmNotes.ADD).isPresent()) {
                    failures.settle(effects.subList(i + 1, effects.size()), refusing.notTried(effects.get(i).account()));
                    return;
                }
            }
        }
    }

    /** What is written is kept before it is sent: a text that was edited since would not be known again, and come twice. */
    private List<Effect> written(List<Effect> effects) {
        Map<Effect, Map<String, Object>> news = new LinkedHashMap<>();
        List<Effect> all = new ArrayList<>();
        for (Effect effect : effects) {
            Effect one = effect;
            if (!effect.payload().containsKey(WRITTEN)) {
                try {
                    Map<String, Object> payload = new LinkedHashMap<>(effect.payload());
                    payload.put(WRITTEN, leads.find(effect.subject()).map(lead -> texts(lead, effect.account())).orElse(List.of()));
                    one = effect.with(payload);
                    news.put(effect, payload);
                } catch (TextFailed failure) {
                    failures.settle(effect, failure);
                    continue;
                }
            }
            all.add(one);
        }
        outbox.keep(news);
        return all;
    }

    /** Where an earlier attempt may have added notes, those that are there are left out. */
    private List<Note> owed(Effect effect) {
        long id = ((Number) effect.payload().get("lead")).longValue();
        Set<String> there = effect.inDoubt() ? crm.texts(effect.account(), id) : Set.of();
        return ((List<?>) effect.payload().get(WRITTEN)).stream().map(String::valueOf)
                .filter(text -> !there.contains(text)).map(text -> new Note(id, text)).toList();
    }

    private List<String> texts(Lead lead, String account) {
        List<String> all = new ArrayList<>(texts.of(lead, accounts.named(account)));
        List<String> leftOut = leads.leftOut(lead.id());
        if (!leftOut.isEmpty()) {
            all.addAll(LeadNotes.parts(CarefulWrites.HEAD + "\n" + String.join("\n", leftOut), lead));
        }
        return all;
    }
}
