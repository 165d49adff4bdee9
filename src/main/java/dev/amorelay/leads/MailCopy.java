package dev.amorelay.leads;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The copy of a lead that the orders mailbox gets: plain text. */
@Component
public class MailCopy {

    private static final int LONGEST_NAME = 200;

    /**
     * Heads the mail.
     *
     * @param lead any lead
     * @return one line: a name with a line break in it would write mail headers of its own
     */
    public String subject(Lead lead) {
        return "Новая заявка: " + Lines.brief(DealName.person(lead), LONGEST_NAME);
    }

    /**
     * Lists the lead.
     *
     * @param lead any lead
     * @return lines divided by {@code \n}; a dash stands for what is missing
     */
    public String body(Lead lead) {
        List<String> lines = new ArrayList<>();
        lines.add("Имя: " + field(lead.name()));
        lines.add("Телефон: " + field(lead.phone()));
        lines.add("Email: " + field(lead.email()));
        FormNote.telegram(lead).ifPresent(lines::add);
        lines.add("Источник: " + field(LeadSource.label(lead)));
        if (lead.price() > 0) {
            lines.add("Сумма: " + lead.price() + " ₽");
        }
        lines.add("Сообщение: " + (lead.message() == null ? "—" : lead.message()));
        Set<String> shown = new HashSet<>();
        CartNote.of(lead).ifPresent(cart -> {
            lines.add("\n" + cart);
            shown.addAll(CartNote.SHOWN);
        });
        DiagnosisNote.of(lead).ifPresent(diagnosis -> {
            lines.add("\n" + diagnosis);
            shown.addAll(DiagnosisNote.SHOWN);
        });
        if (!lead.remarks().isEmpty()) {
            lines.add("\n⚠️ НЕ РАСПОЗНАНО:\n" + String.join("\n", lead.remarks()));
        }
        form(lead, shown).ifPresent(form -> lines.add("\n" + form));
        lines.add("\nЗаявка " + lead.id());
        return String.join("\n", lines);
    }

    /** The form's own fields; the person in Telegram stands above already. */
    private static Optional<String> form(Lead lead, Set<String> shown) {
        return FormNote.of(lead, shown)
                .map(form -> FormNote.telegram(lead).map(telegram -> form.replace("\n" + telegram, "")).orElse(form))
                .filter(form -> !form.equals(FormNote.TITLE));
    }

    private static String field(String text) {
        String line = Lines.one(text);
        return line.isEmpty() ? "—" : line;
    }
}
