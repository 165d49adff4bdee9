package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller sent beside the lead's own fields and no other note shows: files, serial numbers, unknown keys. */
final class FormNote {

    static final String TITLE = "📎 ДАННЫЕ ФОРМЫ:";

    /** More than any form has fields: a quiz of fifty questions is shown whole. */
    private static final int MOST_LINES = 200;
    private static final int LONGEST_VALUE = 5000;
    private static final int LONGEST_NAME = 500;
    private static final int DEEPEST = 4;
    private static final Set<String> NOISE = Set.of("userAgent", "user_agent", "useragent", KnownFields.TECHNICAL);

    /** These are also written to fields of the CRM, where they fit whole into 256 characters: the note has them in any case. */
    private static final Map<String, String> LABELS = Map.of(
            "serial_number", "Серийный номер",
            "machine_type", "Модель",
            "configuration", "Конфигурация",
            "next_maintenance", "Следующее ТО");

    /** The database keeps no order of keys, and the note must not depend on the way a lead took. */
    private static final Comparator<String> ORDER =
            Comparator.<String, Boolean>comparing(key -> !LABELS.containsKey(key)).thenComparing(Comparator.naturalOrder());

    private FormNote() {
    }

    /** @return the note with at most two hundred lines; empty when everything is shown elsewhere */
    static Optional<String> of(Lead lead, Set<String> shown) {
        List<String> lines = new ArrayList<>();
        telegram(lead).ifPresent(lines::add);
        List<String> keys = new ArrayList<>();
        lead.meta().fieldNames().forEachRemaining(keys::add);
        keys.removeIf(key -> shown.contains(key) || NOISE.contains(key) || TelegramPerson.KEYS.contains(key));
        keys.sort(ORDER);
        for (String key : keys) {
            add(lines, key, lead.meta().get(key), LABELS.containsKey(key) ? DEEPEST : 0);
        }
        if (lines.size() > MOST_LINES) {
            int more = lines.size() - MOST_LINES + 1;
            lines.subList(MOST_LINES - 1, lines.size()).clear();
            lines.add("… и ещё полей: " + more);
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(TITLE + "\n" + String.join("\n", lines));
    }

    /** @return {@code Telegram: @name, First Last, ID 1}, as much of it as is known */
    static Optional<String> telegram(Lead lead) {
        TelegramPerson person = TelegramPerson.of(lead.meta());
        String known = Stream.of(
                        person.username() == null ? null : "@" + person.username(),
                        person.fullName(),
                        lead.telegramId() == null ? null : "ID " + lead.telegramId())
                .filter(Objects::nonNull).collect(Collectors.joining(", "));
        return known.isEmpty() ? Optional.empty() : Optional.of("Telegram: " + known);
    }

    /** An object's fields are lines of their own: {@code payment.orderid: 5}. */
    private static void add(List<String> lines, String key, JsonNode value, int depth) {
        if (value.isObject() && !value.isEmpty() && depth < DEEPEST) {
            List<String> parts = new ArrayList<>();
            value.fieldNames().forEachRemaining(parts::add);
            parts.stream().sorted().forEach(part -> add(lines, key + "." + part, value.get(part), depth + 1));
            return;
        }
        String text = NodeText.joined(value);
        if (text != null) {
            lines.add(line(key, text));
        }
    }

    private static String line(String key, String text) {
        String label = LABELS.get(key);
        return label == null
                ? Lines.brief(Lines.one(key), LONGEST_NAME) + ": " + Lines.brief(Lines.one(text), LONGEST_VALUE)
                : label + ": " + text;
    }
}
