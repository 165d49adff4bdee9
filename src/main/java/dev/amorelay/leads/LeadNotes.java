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

    /** A text of so many notes is nobody's to read in a deal; the whole of it is in our own table. */
    static final int MOST_PARTS = 5;

    /** Measured on a live account: amoCRM takes 20,000 characters and answers 20,001 with {@code TooLong}. */
    public static final int LONGEST = 20_000;

    /**
     * Tells everything about a lead that the deal's own fields do not.
     *
     * @param lead any lead
     * @return texts of at most {@link #LONGEST} UTF-16 units, the same for the same lead: message, how to reach the
     *     person, cart, diagnosis, what was not understood, the form's other fields; a longer text goes on in the next note,
     *     up to {@link #MOST_PARTS} of them, the last of which tells where the rest is
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
        return notes.stream().flatMap(note -> parts(note, lead).stream()).toList();
    }

    /**
     * Divides a text into notes.
     *
     * @param note any text about a lead
     * @param lead whose
     * @return at most {@link #MOST_PARTS} texts of at most {@link #LONGEST}
     */
    static List<String> parts(String note, Lead lead) {
        List<String> parts = Lines.split(note, LONGEST);
        if (parts.size() <= MOST_PARTS) {
            return parts;
        }
        List<String> some = new ArrayList<>(parts.subList(0, MOST_PARTS - 1));
        int left = parts.subList(MOST_PARTS - 1, parts.size()).stream().mapToInt(String::length).sum();
        some.add("✂️ Не поместилось в примечания: ещё " + left + " знаков. Текст целиком хранится в relay, заявка " + lead.id());
        return some;
    }

    private static void show(Optional<String> note, Set<String> keys, List<String> notes, Set<String> shown) {
        note.ifPresent(text -> {
            notes.add(text);
            shown.addAll(keys);
        });
    }
}
