package dev.amorelay.leads;

import java.util.Map;

/** The callers that managers know by a Russian label. */
final class LeadSource {

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

    private LeadSource() {
    }

    /** @return what managers call the source; for one they do not know, its own name */
    static String label(String source) {
        return LABELS.getOrDefault(source, source);
    }
}
