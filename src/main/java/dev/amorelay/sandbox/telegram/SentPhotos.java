package dev.amorelay.sandbox.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.ResponseEntity;

/** {@code sendPhoto} of the stand-in: the photo itself, or the file id of one that was sent before. It keeps a line of text only. */
final class SentPhotos {

    private static final long MAX_PHOTO = 10L << 20;

    private final ChatMessages messages;

    SentPhotos(ChatMessages messages) {
        this.messages = messages;
    }

    ResponseEntity<JsonNode> send(HttpServletRequest request, byte[] body) throws IOException, ServletException {
        String type = request.getContentType();
        boolean form = type != null && type.startsWith("multipart/");
        JsonNode wish = form ? fields(request) : TelegramApi.read(body);
        Optional<ResponseEntity<JsonNode>> refusal = TelegramApi.refusal(messages, wish.path("chat_id").asText(""));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        long size = wish.path("size").asLong(1);
        String told = wish.path("photo").asText("");
        if (form ? size == 0 : told.isBlank()) {
            return TelegramApi.error(400, "Bad Request: there is no photo in the request");
        }
        if (size > MAX_PHOTO) {
            return TelegramApi.error(413, "Request Entity Too Large");
        }
        String caption = wish.path("caption").asText("");
        long chat = TelegramApi.chat(wish.path("chat_id").asText());
        ChatMessages.Message message = messages.add(chat, Json.storable(caption.isBlank() ? "📷 Фото" : "📷 " + caption));
        return TelegramApi.ok(result(message, form ? "sandbox-photo-" + message.messageId() : told, size));
    }

    private static ObjectNode fields(HttpServletRequest request) throws IOException, ServletException {
        ObjectNode fields = Json.object().put("size", 0);
        for (Part part : request.getParts()) {
            if (part.getName().equals("photo")) {
                fields.put("size", part.getSize());
            } else {
                fields.put(part.getName(), new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** Telegram keeps several sizes, the smallest first. */
    private static ObjectNode result(ChatMessages.Message message, String file, long size) {
        ObjectNode result = Json.object().put("message_id", message.messageId()).put("date", message.date());
        result.putObject("chat").put("id", message.chatId()).put("type", message.chatId() > 0 ? "private" : "supergroup");
        ArrayNode sizes = result.putArray("photo");
        sizes.addObject().put("file_id", file + "-small").put("file_unique_id", file + "-s").put("width", 90).put("height", 68)
                .put("file_size", Math.min(size, 1200));
        sizes.addObject().put("file_id", file).put("file_unique_id", file + "-l").put("width", 1280).put("height", 960)
                .put("file_size", size);
        return result;
    }
}
