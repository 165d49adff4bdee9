package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the diagnostics widget asked and concluded, in the text that managers know. */
final class DiagnosisNote {

    static final String TITLE = "🔬 РЕЗУЛЬТАТ ДИАГНОСТИКИ:";

    /** The keys of meta that stand in the note. */
    static final Set<String> SHOWN = Set.of("analysis_result", "issues", "type", "age", "questionnaire");

    private DiagnosisNote() {
    }

    /** @return the note; empty where there is neither a result nor a questionnaire */
    static Optional<String> of(Lead lead) {
        JsonNode meta = lead.meta();
        JsonNode result = tree(meta.path("analysis_result"));
        JsonNode nested = tree(meta.path("questionnaire"));
        boolean diagnosis = result.isObject() || nested.isObject()
                || LeadSource.DIAGNOSTICS_WIDGET.equals(lead.source()) || meta.has("issues");
        if (!diagnosis) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        line(lines, "Уровень риска: ", result.get("risk_level"), "");
        line(lines, "Вероятность отказа: ", result.get("probability"), "%");
        line(lines, "Рекомендация: ", result.get("recommendation"), "");
        line(lines, "Выявленные проблемы: ", firstOf(asked(meta, nested, "issues"), result.get("issues")), "");
        line(lines, "Подробный анализ: ", result.get("detailed_analysis"), "");
        line(lines, "Следующие шаги: ", result.get("next_steps"), "");
        line(lines, "Тип оборудования: ", asked(meta, nested, "type"), "");
        line(lines, "Возраст оборудования: ", asked(meta, nested, "age"), "");
        nested.properties().forEach(field -> {
            if (!SHOWN.contains(field.getKey())) {
                line(lines, Lines.one(field.getKey()) + ": ", field.getValue(), "");
            }
        });
        if (!result.isObject()) {
            line(lines, "Результат анализа: ", result, "");
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(TITLE + "\n" + String.join("\n", lines));
    }

    private static void line(List<String> lines, String label, JsonNode value, String unit) {
        String text = NodeText.joined(value);
        if (text != null) {
            lines.add(label + text.strip() + (text.strip().endsWith(unit) ? "" : unit));
        }
    }

    /** The questionnaire is meta itself, or an object inside it. */
    private static JsonNode asked(JsonNode meta, JsonNode nested, String question) {
        return firstOf(nested.get(question), meta.get(question));
    }

    private static JsonNode firstOf(JsonNode first, JsonNode second) {
        return NodeText.joined(first) == null ? second : first;
    }

    /** A form sends the tree as text. */
    private static JsonNode tree(JsonNode node) {
        return JsonBody.inside(node).<JsonNode>map(object -> object).orElse(node);
    }
}
