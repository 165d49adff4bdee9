package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmNotes.Note;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Adds the notes that flows owe to deals. */
@Component
public class NoteDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(NoteDelivery.class);

    private final CrmNotes crm;
    private final Outbox outbox;
    private final RefusalNotice notice;

    /**
     * @param crm the CRM's notes
     * @param outbox where those that cannot be added are skipped
     * @param notice tells a manager of what amoCRM does not take
     */
    NoteDelivery(CrmNotes crm, Outbox outbox, RefusalNotice notice) {
        this.notice = notice;
        this.crm = crm;
        this.outbox = outbox;
    }

    /**
     * Adds a note, unless an earlier attempt has done so; a long one in parts. What amoCRM does not take of it is told to a manager,
     * and the effect skipped, as it is where the deal is gone.
     *
     * @param effect {@code crm.note} with {@code {lead, text}}
     */
    public void add(@Body Effect effect) {
        long lead = ((Number) effect.payload().get("lead")).longValue();
        String text = (String) effect.payload().get("text");
        // forgotten: it was added before, and is replayed
        Set<String> there = text != null && effect.inDoubt() ? crm.texts(effect.account(), lead) : Set.of();
        List<Note> missing = text == null ? List.of()
                : NoteParts.of(text).stream().filter(part -> !there.contains(part)).map(part -> new Note(lead, part)).toList();
        if (!missing.isEmpty()) {
            try {
                crm.add(effect.account(), missing);
            } catch (CrmRejected rejected) {
                if (!rejected.blames("entity_id")) {
                    String reasons = String.join(" | ", rejected.reasons().values());
                    notice.tell(effect.account(), effect.key(), lead, "amoCRM не приняла примечание (" + reasons + ").", text);
                    outbox.skip(effect, "amoCRM does not take the note, a manager is told by a task: " + reasons);
                    return;
                }
                LOG.warn("{}: amoCRM account {} has no lead {} any more, its note goes nowhere", effect.label(), effect.account(), lead);
                outbox.skip(effect, "the deal is not in the CRM any more: " + rejected.getMessage());
                return;
            }
        }
    }
}
