package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller sent beside the lead's own fields, for {@code lead/note-form.ftl}: files, serial numbers, unknown keys. */
final class FormNote {

    private static final int LONGEST_VALUE = 5000;
    private static final int LONGEST_NAME = 500;
    private static final int DEEPEST = 4;
    private static final Set<String> NOISE = Set.of("userAgent", "user_agent", "useragent", KnownFields.TECHNICAL);
    /** What builders call the form's own name, see {@link FieldWords#key}. */
    private static final Set<String> FORM_NAMES = Set.of("formname", "formtitle", "названиеформы", "имяформы");

    /** These are also written to fields of the CRM, where they fit whole into 256 characters: the note has them whole in any case. */
    private static final Set<String> OURS = Set.of("serial_number", "machine_type", "configuration", "next_maintenance");

    /** The database keeps no order of keys, and the note must not depend on the way a lead took. */
    private static final Comparator<String> ORDER =
            Comparator.<String, Boolean>comparing(key -> !OURS.contains(key)).thenComparing(Comparator.naturalOrder());

    private FormNote() {
    }

    /**
     * Reads the form.
     *
     * @return rows of {@code key}, the field's name as it is shown; {@code text}; {@code section}: {@code telegram}, {@code cart} or
     *     {@code diagnosis} where another note shows it too
     */
    static List<Map<String, Object>> of(Lead lead) {
        List<Map<String, Object>> rows = new ArrayList<>();
        telegram(lead).ifPresent(text -> rows.add(row("Telegram", text, "telegram")));
        List<String> keys = new ArrayList<>();
        lead.meta().fieldNames().forEachRemaining(keys::add);
        keys.removeIf(key -> NOISE.contains(key) || TelegramPerson.KEYS.contains(key));
        keys.sort(ORDER);
        for (String key : keys) {
            String section = CartNote.SHOWN.contains(key) ? "cart" : DiagnosisNote.SHOWN.contains(key) ? "diagnosis" : "";
            add(rows, key, lead.meta().get(key), section, OURS.contains(key) ? DEEPEST : 0);
        }
        return rows;
    }

    /** @return {@code @name, First Last, ID 1}, as much of it as is known */
    static Optional<String> telegram(Lead lead) {
        TelegramPerson person = TelegramPerson.of(lead.meta());
        String known = Stream.of(
                        person.username() == null ? null : "@" + person.username(),
                        person.fullName(),
                        lead.telegramId() == null ? null : "ID " + lead.telegramId())
                .filter(Objects::nonNull).collect(Collectors.joining(", "));
        return known.isEmpty() ? Optional.empty() : Optional.of(known);
    }

    /** @return what the form calls itself, on one line */
    static Optional<String> name(Lead lead) {
        return lead.meta().properties().stream().filter(field -> FORM_NAMES.contains(FieldWords.key(field.getKey())))
                .map(Map.Entry::getValue).filter(JsonNode::isTextual).map(name -> Lines.one(name.textValue())).filter(name -> !name.isBlank()).findFirst();
    }

    /** An object's fields are lines of their own: {@code payment.orderid: 5}. */
    private static void add(List<Map<String, Object>> rows, String key, JsonNode value, String section, int depth) {
        if (value.isObject() && !value.isEmpty() && depth < DEEPEST) {
            List<String> parts = new ArrayList<>();
            value.fieldNames().forEachRemaining(parts::add);
            parts.stream().sorted().forEach(part -> add(rows, key + "." + part, value.get(part), section, depth + 1));
            return;
        }
        String text = NodeText.joined(value);
        if (text != null) {
            boolean ours = OURS.contains(key);
            rows.add(row(Lines.brief(Lines.one(key), LONGEST_NAME), ours ? text : Lines.brief(Lines.one(text), LONGEST_VALUE), section));
        }
    }

    private static Map<String, Object> row(String key, String text, String section) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", key);
        row.put("text", text);
        row.put("section", section);
        return row;
    }
}
