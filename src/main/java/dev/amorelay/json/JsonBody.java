package dev.amorelay.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the step of a route has as its body, as JSON: a text, a tree, or maps and lists. */
public final class JsonBody {

    private JsonBody() {
    }

    /**
     * A body as a tree.
     *
     * @param body JSON as text, bytes or a stream in UTF-8, a tree, or maps, lists, texts and numbers; null for nothing
     * @return its tree; a null node for nothing
     * @throws IllegalArgumentException when a text is no JSON
     */
    public static JsonNode tree(@Nullable Object body) {
        if (body instanceof JsonNode node) {
            return node;
        }
        String text = text(body);
        return text == null ? Json.MAPPER.valueToTree(body) : text.isBlank() ? Json.MAPPER.nullNode() : Json.read(text);
    }

    /**
     * A body that is a text.
     *
     * @param body anything
     * @return the text, of bytes and streams in UTF-8; null for what is no text
     */
    public static @Nullable String text(Object body) {
        return body instanceof CharSequence text ? text.toString()
                : body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8)
                : body instanceof InputStream stream ? new String(read(stream), StandardCharsets.UTF_8) : null;
    }

    /**
     * The objects of a body.
     *
     * @param body an object or a list of objects; null for nothing
     * @return copies of them, each of which may be changed
     * @throws IllegalArgumentException when something in it is no object
     */
    public static List<ObjectNode> objects(@Nullable Object body) {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode item : items(tree(body))) {
            if (!item.isObject()) {
                throw new IllegalArgumentException("the body holds a " + item.getNodeType() + " where an object belongs");
            }
            objects.add(item.deepCopy());
        }
        return objects;
    }

    /**
     * The ids of a body.
     *
     * @param body a number, numbers with commas between them, or a list of either; null for nothing
     * @return the numbers, each once
     * @throws IllegalArgumentException when something in it is no whole number
     */
    public static List<Long> ids(@Nullable Object body) {
        Object read = body instanceof CharSequence text && !text.toString().strip().startsWith("[") ? text.toString().split(",") : body;
        List<Long> ids = new ArrayList<>();
        for (JsonNode item : items(tree(read))) {
            String id = item.asText().strip();
            if (!id.matches("[1-9]\\d{0,17}")) {
                throw new IllegalArgumentException("the body holds a " + item.getNodeType() + " where an id belongs");
            }
            if (!ids.contains(Long.valueOf(id))) {
                ids.add(Long.valueOf(id));
            }
        }
        return ids;
    }

    /** What comes after may want to read it, too. */
    private static byte[] read(InputStream stream) {
        try {
            byte[] bytes = stream.readAllBytes();
            if (stream.markSupported()) {
                stream.reset();
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Iterable<JsonNode> items(JsonNode tree) {
        return tree instanceof ArrayNode array ? array : tree.isNull() || tree.isMissingNode() ? List.of() : List.of(tree);
    }
}
