package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** The callers that managers know by a Russian label. */
final class LeadSource {

    /** Of a post that names no source. */
    static final String UNKNOWN = "unknown";
    static final String CART = "cart_order";
    static final String BOT_ORDER = "bot_order";
    static final String DIAGNOSTICS_WIDGET = "diagnostics_widget";

    private static final Map<String, String> LABELS = Map.of(
            "site", "Сайт (Обратная связь)",
            "bot", "Telegram Бот",
            CART, "Заказ запчастей",
            BOT_ORDER, "Заказ запчастей",
            DIAGNOSTICS_WIDGET, "Диагностика",
            "diagnostics", "Сервисная заявка");

    private static final String SOME_FORM = "Форма сайта";
    /** What builders call the form's own name, see {@link FieldWords#key}. */
    private static final Set<String> FORM_NAMES = Set.of("formname", "formtitle", "названиеформы", "имяформы");
    private static final int LONGEST_FORM = 100;

    private LeadSource() {
    }

    /** @return what managers call a lead's source: of one they do not know its own name, of none the form's name, else «Форма сайта» */
    static String label(Lead lead) {
        return UNKNOWN.equals(lead.source()) ? form(lead) : LABELS.getOrDefault(lead.source(), lead.source());
    }

    private static String form(Lead lead) {
        return lead.meta().properties().stream().filter(field -> FORM_NAMES.contains(FieldWords.key(field.getKey())))
                .map(Map.Entry::getValue).filter(JsonNode::isTextual).map(name -> Lines.brief(Lines.one(name.textValue()), LONGEST_FORM))
                .filter(name -> !name.isBlank()).findFirst().orElse(SOME_FORM);
    }
}
