package dev.amorelay.leads;

import dev.amorelay.json.Json;
import dev.amorelay.texts.TextModel;
import java.util.List;
import java.util.Map;

/** What the texts in {@code lead/} are given: {@link LeadFacts}, once with everything and once with next to nothing. */
public class LeadTextModel implements TextModel {

    /** What the label of a source is made of. */
    static final List<Map<String, Object>> LABELS = List.of(Map.of("source", "site", "form", "Заявка"), Map.of("source", "site"));

    private static final String FULL = """
            {"lead": {"id": "11111111-2222-4333-8444-555555555555", "source": "site", "name": "Анна", "phone": "8 999 123-45-67, доб. 2",
              "phone_e164": "+79991234567", "email": "anna@example.com", "address": "anna@example.com", "message": "Перезвоните", "telegram_id": 700100200,
              "price": 1500, "remarks": ["Email не распознан"], "meta": {"page": "https://example.com"}},
             "account": "default", "label": "Сайт", "telegram": {"username": "anna", "name": "Анна", "id": 700100200, "text": "@anna"},
             "person": {"name": "Анна", "phone": "8 999 123-45-67, доб. 2", "email": "a@example.com, b@example.com", "gaps": [{"key": "phone", "text": "+79991234567"}]},
             "cart": {"items": [{"text": "Болт"}, {"name": "Болт", "id": "5", "quantity": "2", "price": "10", "sum": "20", "code": "B-5", "details": ["Цвет: белый"]},
                {"details": []}], "total": "1500"},
             "diagnosis": {"risk_level": "Высокий", "probability": "85", "recommendation": "Осмотр", "issues": "Люфт", "detailed_analysis": "Износ",
                "next_steps": "Осмотр", "type": "Токарный", "age": "5 лет", "answers": [{"question": "Цех", "text": "да"}], "result": "нет"},
             "form": [{"key": "Telegram", "text": "@anna", "section": "telegram"}, {"key": "serial_number", "text": "105", "section": ""}],
             "written": ["cart"], "mailbox": "orders@example.com"}""";

    private static final String BARE = """
            {"lead": {"id": "11111111-2222-4333-8444-555555555555", "source": "unknown", "price": 0, "remarks": [], "meta": {}},
             "account": "default", "label": "Форма сайта", "telegram": {}, "person": {"gaps": []}, "cart": {"items": []}, "diagnosis": {}, "form": [],
             "written": []}""";

    @Override
    public boolean isOf(String template) {
        return template.startsWith("lead/");
    }

    /** Notes and titles name the facts; a text that a flow writes names them as parts of its body. */
    @Override
    public List<Map<String, Object>> samples(String template) {
        return template.startsWith(LeadNotes.TEMPLATES) ? leads() : leads().stream().map(facts -> Map.<String, Object>of("body", facts)).toList();
    }

    static List<Map<String, Object>> leads() {
        return List.of(Json.map(FULL), Json.map(BARE));
    }
}
