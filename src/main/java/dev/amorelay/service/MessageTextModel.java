package dev.amorelay.service;

import dev.amorelay.json.Json;
import dev.amorelay.texts.TextModel;
import java.util.List;
import java.util.Map;

/** What the texts of messages to clients and engineers are given, once with everything and once with what there always is. */
public class MessageTextModel implements TextModel {

    private static final String FULL = """
            {"number": 7, "status": "DONE", "machine": {"id": "1", "name": "16К20", "serial": "105", "nextMaintenance": "2026-12-31"}, "clientName": "Завод",
             "telegramId": 700100200, "phone": "+79991234567", "description": "Шум", "photos": ["a"], "engineer": 5, "result": "Готово"}""";
    private static final String BARE = "{\"number\": 7, \"status\": \"NEW\", \"machine\": {\"name\": \"16К20\", \"serial\": \"105\"}, \"photos\": []}";

    private static final Map<String, List<String>> SAMPLES = Map.of(
            "service/message-client.ftl", List.of(step(FULL, "new"), step(FULL, "in_progress"), step(FULL, "done"), step(FULL, "cancelled"),
                    step(BARE, "new"), step(BARE, "in_progress"), step(BARE, "done"), step(BARE, "cancelled")),
            "service/message-staff.ftl", List.of(step(FULL, "new"), step(FULL, "cancelled"), step(BARE, "new"), step(BARE, "cancelled")),
            "service/photo.ftl", List.of("{\"number\": 7, \"place\": 1}"),
            "service/photo-kept.ftl", List.of("{}"),
            "telegram/machine-registered.ftl", List.of(effect("{\"chat\": 5, \"machine\": \"16К20\", \"serial\": \"105\"}"), effect("{\"chat\": 5, \"serial\": \"105\"}")),
            "telegram/maintenance-due.ftl", List.of(
                    effect("{\"chat\": 5, \"machine\": \"16К20\", \"serial\": \"105\", \"date\": \"31.12.2026\", \"day\": \"2026-12-31\", \"days\": 30}"),
                    effect("{\"chat\": 5, \"serial\": \"105\", \"date\": \"31.12.2026\", \"days\": -3}")),
            "telegram/client-joined.ftl", List.of("{\"body\": {\"client\": \"Завод\", \"name\": \"Анна\"}, \"variables\": {}}"));

    private static String step(String request, String status) {
        return "{\"body\": " + request + ", \"variables\": {\"effect\": {\"account\": \"default\", \"payload\": {\"chat\": 5, \"status\": \"" + status + "\"}}}}";
    }

    private static String effect(String payload) {
        String effect = "{\"account\": \"default\", \"payload\": " + payload + "}";
        return "{\"body\": " + effect + ", \"variables\": {\"effect\": " + effect + "}}";
    }

    @Override
    public boolean isOf(String template) {
        return SAMPLES.containsKey(template);
    }

    @Override
    public List<Map<String, Object>> samples(String template) {
        return SAMPLES.get(template).stream().map(Json::map).toList();
    }
}
