package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the diagnostics widget asked and concluded, for {@code lead/note-diagnosis.ftl}. */
final class DiagnosisNote {

    /** The keys of meta that stand in the note. */
    static final Set<String> SHOWN = Set.of("analysis_result", "issues", "type", "age", "questionnaire");

    private static final String WIDGET = "diagnostics_widget";
    private static final List<String> CONCLUDED = List.of("risk_level", "probability", "recommendation", "detailed_analysis", "next_steps");

    private DiagnosisNote() {
    }

    /**
     * Reads the diagnosis.
     *
     * @return what was concluded ({@code risk_level, probability, recommendation, issues, detailed_analysis, next_steps}), what was asked
     *     ({@code type, age}, further {@code answers} of {@code {question, text}}), {@code result} where it was no object; empty for no diagnosis
     */
    static Map<String, Object> of(Lead lead) {
        JsonNode meta = lead.meta();
        JsonNode result = tree(meta.path("analysis_result"));
        JsonNode nested = tree(meta.path("questionnaire"));
        Map<String, Object> diagnosis = new LinkedHashMap<>();
        if (!result.isObject() && !nested.isObject() && !WIDGET.equals(lead.source()) && !meta.has("issues")) {
            return diagnosis;
        }
        CONCLUDED.forEach(key -> put(diagnosis, key, result.get(key)));
        put(diagnosis, "issues", firstOf(asked(meta, nested, "issues"), result.get("issues")));
        put(diagnosis, "type", asked(meta, nested, "type"));
        put(diagnosis, "age", asked(meta, nested, "age"));
        List<Map<String, Object>> answers = new ArrayList<>();
        nested.properties().forEach(field -> {
            if (!SHOWN.contains(field.getKey()) && NodeText.joined(field.getValue()) != null) {
                answers.add(Map.of("question", Lines.one(field.getKey()), "text", NodeText.joined(field.getValue()).strip()));
            }
        });
        if (!answers.isEmpty()) {
            diagnosis.put("answers", answers);
        }
        if (!result.isObject()) {
            put(diagnosis, "result", result);
        }
        return diagnosis;
    }

    private static void put(Map<String, Object> diagnosis, String key, JsonNode value) {
        String text = NodeText.joined(value);
        LeadFacts.put(diagnosis, key, text == null ? null : text.strip());
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
