package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts for tests: the sample hooks, and JSON written with single quotes. */
final class HookText {

    static final String FORM = "application/x-www-form-urlencoded";
    static final List<String> SAMPLES = List.of("contact-update-multitext", "lead-add",
            "lead-status-tags-date-select", "lead-status-two-in-one", "task-update", "unsorted-accept");

    private HookText() {
    }

    static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'));
    }

    static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] sample(String name) {
        try (InputStream in = HookText.class.getResourceAsStream("/webhooks/" + name + ".txt")) {
            // the file's last line break is not part of the hook
            return bytes(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
