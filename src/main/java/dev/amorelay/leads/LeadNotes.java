package dev.amorelay.leads;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The common notes of a lead's deal, in the texts that managers know. */
@Component
public class LeadNotes {

    /** Measured on a live account: amoCRM takes 20,000 characters and answers 20,001 with {@code TooLong}. */
    public static final int LONGEST = 20_000;

    /**
     * Tells everything about a lead that the deal's own fields do not.
     *
     * @param lead any lead
     * @return texts of at most {@link #LONGEST} UTF-16 units, the same for the same lead: message, how to reach the
     *     person, cart, diagnosis, what was not understood, the form's other fields; a longer text goes on in the next note
     */
    public List<String> of(Lead lead) {
        List<String> notes = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        if (lead.message() != null) {
            notes.add("💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\n" + lead.message());
        }
        PersonNote.of(lead).ifPresent(notes::add);
        show(CartNote.of(lead), CartNote.SHOWN, notes, shown);
        show(DiagnosisNote.of(lead), DiagnosisNote.SHOWN, notes, shown);
        if (!lead.remarks().isEmpty()) {
            notes.add("⚠️ НЕ РАСПОЗНАНО:\n" + String.join("\n", lead.remarks()));
        }
        FormNote.of(lead, shown).ifPresent(notes::add);
        return notes.stream().flatMap(note -> Lines.split(note, LONGEST).stream()).toList();
    }

    private static void show(Optional<String> note, Set<String> keys, List<String> notes, Set<String> shown) {
        note.ifPresent(text -> {
            notes.add(text);
            shown.addAll(keys);
        });
    }
}
