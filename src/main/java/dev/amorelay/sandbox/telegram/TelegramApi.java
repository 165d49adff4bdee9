package dev.amorelay.sandbox.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.SandboxApi;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** A stand-in for the Telegram Bot API: any token, any positive chat id, and supergroups. */
@SandboxApi
public class TelegramApi {

    /** In UTF-16 units. */
    private static final int MAX_TEXT = 4096;
    /** Ids of supergroups and channels begin with -100. */
    private static final long FIRST_SUPERGROUP = -1_000_000_000_000L;

    private final ChatMessages messages;
    private final SentPhotos photos;

    /** @param messages gets what the bot writes */
    public TelegramApi(ChatMessages messages) {
        this.messages = messages;
        this.photos = new SentPhotos(messages);
    }

    /** @return Telegram's {@code {"ok":true,"result":…}}, or {@code {"ok":false,"error_code","description"}} */
    @RequestMapping("/sandbox/telegram/bot{token}/{method}")
    public ResponseEntity<JsonNode> call(@PathVariable("method") String method, @RequestBody(required = false) byte[] body,
                                         HttpServletRequest request) throws IOException, ServletException {
        return switch (method) {
            case "sendMessage" -> send(body);
            case "sendPhoto" -> photos.send(request, body);
            case "sendChatAction" -> refusal(messages, read(body).path("chat_id").asText("")).orElseGet(() -> ok(BooleanNode.TRUE));
            case "getMe" -> ok(Json.object().put("id", 7000000001L).put("is_bot", true).put("first_name", "Песочница")
                    .put("username", "amo_relay_sandbox_bot"));
            default -> error(404, "Not Found");
        };
    }

    /** A person stops the bot, or with {@code {"closed":false}} lets it write again; answers {@code {id, closed}}. */
    @PostMapping(path = "/sandbox/api/chats/{id:\\d+}/close", consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode close(@PathVariable("id") long id, @RequestBody JsonNode wish) {
        messages.close(id, wish.path("closed").asBoolean(true));
        return Json.object().put("id", id).put("closed", messages.isClosed(id));
    }

    private ResponseEntity<JsonNode> send(byte[] body) {
        JsonNode wish = read(body);
        Optional<ResponseEntity<JsonNode>> refusal = refusal(messages, wish.path("chat_id").asText(""));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        long chatId = chat(wish.get("chat_id").asText());
        String text = wish.path("text").asText("");
        if (text.isBlank()) {
            return error(400, "Bad Request: message text is empty");
        }
        if (text.length() > MAX_TEXT) {
            return error(400, "Bad Request: message is too long");
        }
        ChatMessages.Message message = messages.add(chatId, Json.storable(text));
        ObjectNode result = Json.object().put("message_id", message.messageId()).put("date", message.date());
        result.putObject("chat").put("id", chatId).put("type", chatId > 0 ? "private" : "supergroup");
        return ok(result.put("text", message.text()));
    }

    /** What Telegram says to a chat that it cannot write to. */
    static Optional<ResponseEntity<JsonNode>> refusal(ChatMessages messages, String chatId) {
        if (chatId.isBlank()) {
            return Optional.of(error(400, "Bad Request: chat_id is empty"));
        }
        long chat = chat(chatId);
        if (chat <= 0 && chat > FIRST_SUPERGROUP) {
            return Optional.of(error(400, "Bad Request: chat not found"));
        }
        return messages.isClosed(chat) ? Optional.of(error(403, "Forbidden: bot was blocked by the user")) : Optional.empty();
    }

    static JsonNode read(byte[] body) {
        try {
            return body == null ? Json.object() : Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return Json.object();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long chat(String id) {
        try {
            return Long.parseLong(id.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static ResponseEntity<JsonNode> ok(JsonNode result) {
        ObjectNode body = Json.object().put("ok", true);
        body.set("result", result);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    static ResponseEntity<JsonNode> error(int code, String description) {
        return ResponseEntity.status(code).contentType(MediaType.APPLICATION_JSON)
                .body(Json.object().put("ok", false).put("error_code", code).put("description", description));
    }
}
