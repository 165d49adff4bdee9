package dev.amorelay.leads;

import dev.amorelay.amocrm.Account;
import dev.amorelay.texts.TextTemplates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The common notes of a lead's deal, written from {@code lead/note-….ftl} in the order that its source says. */
@Component
public class LeadNotes {

    /** A text of so many notes is nobody's to read in a deal; the whole of it is in our own table. */
    static final int MOST_PARTS = 5;

    /** Measured on a live account: amoCRM takes 20,000 characters and answers 20,001 with {@code TooLong}. */
    public static final int LONGEST = 20_000;

    /** Where notes are written from; what follows is the note's name. */
    static final String TEMPLATES = "lead/note-";

    /** Shows what no other note has shown, whatever its place among them. */
    private static final String FORM = "form";

    private final LeadFacts facts;
    private final LeadSourcesBook sources;
    private final TextTemplates templates;

    /**
     * @param facts what the texts can name
     * @param sources which notes a deal gets
     * @param templates writes them
     */
    public LeadNotes(LeadFacts facts, LeadSourcesBook sources, TextTemplates templates) {
        this.facts = facts;
        this.sources = sources;
        this.templates = templates;
    }

    /** @return the template of a note */
    static String template(String note) {
        return TEMPLATES + note + ".ftl";
    }

    /**
     * Tells everything about a lead that the deal's own fields do not.
     *
     * @param lead any lead
     * @param account where it goes
     * @return texts of at most {@link #LONGEST} UTF-16 units; a longer text goes on in the next note, up to {@link #MOST_PARTS} of them, the
     *     last of which tells where the rest is
     */
    public List<String> of(Lead lead, Account account) {
        List<String> notes = sources.of(account, lead.source()).notes();
        Map<String, Object> model = new LinkedHashMap<>(facts.of(lead, account));
        Map<String, String> texts = new LinkedHashMap<>();
        notes.forEach(note -> texts.put(note, FORM.equals(note) ? "" : templates.write(template(note), model)));
        model.put("written", texts.entrySet().stream().filter(text -> !text.getValue().isBlank()).map(Map.Entry::getKey).toList());
        texts.computeIfPresent(FORM, (note, text) -> templates.write(template(note), model));
        return texts.values().stream().filter(text -> !text.isBlank()).flatMap(text -> parts(text, lead).stream()).toList();
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
}
