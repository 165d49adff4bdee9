package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmNotes.Note;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import java.util.List;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds the notes that flows owe to deals. */
@Component
public class NoteDelivery {

    private final CrmNotes crm;
    private final Outbox outbox;
    private final JdbcTemplate jdbc;

    /**
     * @param crm the CRM's notes
     * @param outbox where the deliveries are settled
     * @param jdbc the relay's database
     */
    public NoteDelivery(CrmNotes crm, Outbox outbox, JdbcTemplate jdbc) {
        this.crm = crm;
        this.outbox = outbox;
        this.jdbc = jdbc;
    }

    /**
     * Adds a note, unless an earlier attempt has done so.
     *
     * @param effect {@code crm.note} with {@code {lead, text}}
     */
    public void add(@Body Effect effect) {
        long lead = ((Number) effect.payload().get("lead")).longValue();
        String text = (String) effect.payload().get("text");
        // forgotten: it was added before, and is replayed
        if (text != null && !(effect.inDoubt() && crm.texts(effect.account(), lead).contains(text))) {
            crm.add(effect.account(), List.of(new Note(lead, text)));
        }
    }

    /**
     * Settles a note that was added, and forgets its text in the same commit: it may hold a link that admits whoever reads it.
     *
     * @param effect the note
     */
    @Transactional
    public void settle(@Body Effect effect) {
        jdbc.update("UPDATE outbox SET payload = payload - 'text' WHERE id = ? AND lease = ?", effect.id(), effect.lease());
        outbox.done(effect);
    }
}
