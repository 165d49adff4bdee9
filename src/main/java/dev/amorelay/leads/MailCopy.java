package dev.amorelay.leads;

import java.util.ArrayList;
import java.util.List;
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
        lines.add("Источник: " + field(LeadSource.label(lead.source())));
        if (lead.price() > 0) {
            lines.add("Сумма: " + lead.price() + " ₽");
        }
        lines.add("Сообщение: " + (lead.message() == null ? "—" : lead.message()));
        CartNote.of(lead).ifPresent(cart -> lines.add("\n" + cart));
        if (!lead.remarks().isEmpty()) {
            lines.add("\n⚠️ НЕ РАСПОЗНАНО:\n" + String.join("\n", lead.remarks()));
        }
        lines.add("\nЗаявка " + lead.id());
        return String.join("\n", lines);
    }

    private static String field(String text) {
        String line = Lines.one(text);
        return line.isEmpty() ? "—" : line;
    }
}
