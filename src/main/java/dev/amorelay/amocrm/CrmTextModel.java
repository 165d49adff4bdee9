package dev.amorelay.amocrm;

import dev.amorelay.json.Json;
import dev.amorelay.texts.TextModel;
import java.util.List;
import java.util.Map;

/** What the texts of tasks and notes are given: what the effect says and the account, once with everything and once with what it always says. */
public class CrmTextModel implements TextModel {

    private static final Map<String, List<String>> SAMPLES = Map.of(
            "task/no-serial.ftl", List.of("{\"lead\": 1, \"responsible\": 2}", "{\"lead\": 1}"),
            "task/serial.ftl", List.of("""
                    {"lead": 1, "serial": "105", "near": true, "spelling": "1O5", "another_client": false, "owned": true, "another_model": true, "elsewhere": false,
                     "elsewhere_sold": false, "claimed": false, "deal": "5", "known_model": "16К20", "model": "1К62"}""", """
                    {"lead": 1, "serial": "105", "near": false, "spelling": "105", "another_client": true, "owned": true, "another_model": true, "elsewhere": true,
                     "elsewhere_sold": true, "claimed": true}"""),
            "task/serial-claim.ftl", List.of("{\"lead\": 1, \"serial\": \"105\", \"other\": \"7\"}"),
            "task/serial-too-long.ftl", List.of("{\"lead\": 1, \"longest\": 256}"),
            "task/unreached.ftl", List.of("""
                    {"lead": 1, "responsible": 2, "why": "blocked", "about": "due", "machine": "16К20", "serial": "105", "date": "31.12.2026", "request": 7}""",
                    "{\"why\": \"unknown\", \"about\": \"registered\"}", "{\"why\": \"unknown\", \"about\": \"other\"}"),
            "task/shared-phone.ftl", List.of("{\"lead\": 1, \"telegram\": 700100200, \"clients\": [\"Анна\", \"Борис\"]}"),
            "task/maintenance.ftl", List.of("""
                    {"lead": 1, "responsible": 2, "day": "2026-12-31", "model": "16К20", "serial": "105", "client": "Анна", "chat": true,
                     "parts": [{"name": "Масло", "article": "М-20", "quantity": "5 л"}, {"name": "Фильтр"}]}""",
                    "{\"day\": \"2026-12-31\", \"serial\": \"105\", \"chat\": false, \"parts\": []}"),
            "note/invitation.ftl", List.of("{\"lead\": 1, \"link\": \"https://t.me/x\", \"until\": \"2026-12-31\"}"),
            "note/service-done.ftl", List.of("{\"lead\": 1, \"number\": 7, \"result\": \"Готово\", \"next_maintenance\": \"2026-12-31\"}",
                    "{\"lead\": 1, \"number\": 7}"));

    @Override
    public boolean isOf(String template) {
        return SAMPLES.containsKey(template);
    }

    @Override
    public List<Map<String, Object>> samples(String template) {
        String name = template.substring(0, template.indexOf('/'));
        return SAMPLES.get(template).stream().map(sample -> Map.<String, Object>of(name, Json.map(sample), "account", "default")).toList();
    }
}
