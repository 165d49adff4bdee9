package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.amorelay.amocrm.CrmField;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a lead says that belongs into a field of the CRM. */
final class LeadValue {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}([.,]\\d{1,9})?");
    private static final Set<String> YES = Set.of("да", "yes", "true", "on", "1", "y");
    private static final Set<String> NO = Set.of("нет", "no", "false", "off", "0", "n");

    private LeadValue() {
    }

    /** @return what a form or the lead itself says for the field; null for nothing */
    static JsonNode of(Lead lead, CrmField field) {
        if (field.lead() != null) {
            String text = switch (field.lead()) {
                case "id" -> lead.id().toString();
                case "source" -> lead.source();
                case "name" -> Lines.one(lead.name());
                case "phone" -> lead.phoneE164();
                case "email" -> lead.address();
                case "message" -> lead.message();
                case "telegram_id" -> lead.telegramId() == null ? null : lead.telegramId().toString();
                case "price" -> String.valueOf(lead.price());
                default -> null;
            };
            return text == null || text.isBlank() ? null : TextNode.valueOf(text);
        }
        return field.form() == null ? null : said(lead, field.form());
    }

    /** By the name as it is, else by its words: «Срок лизинга *» is «срок лизинга». */
    private static JsonNode said(Lead lead, String name) {
        if (lead.meta().hasNonNull(name)) {
            return lead.meta().get(name);
        }
        String key = FieldWords.key(name);
        return lead.meta().properties().stream().filter(field -> !key.isEmpty() && FieldWords.key(field.getKey()).equals(key))
                .map(Map.Entry::getValue).findFirst().orElse(null);
    }

    /** @return the number that a text is; empty where it is none */
    static Optional<BigDecimal> number(String text) {
        String plain = text == null ? "" : text.replaceAll("[\\s\u00a0\u202f]", "");
        return NUMBER.matcher(plain).matches() ? Optional.of(new BigDecimal(plain.replace(',', '.'))) : Optional.empty();
    }

    /** @return what a text answers; empty where it is neither yes nor no */
    static Optional<Boolean> flag(String text) {
        String word = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
    }
}
