package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the body of an amoCRM webhook, account hooks and Digital Pipeline hooks alike (facts §6), into events.
 *
 * <p>amoCRM sends forms; the same shape as JSON, and a JSON array of such, is read as well. What is not understood
 * becomes an event of the type {@code unparsed} with the text as it came: nothing is lost, and nothing is thrown.
 */
@Component
public class HookReader {

    private static final Logger LOG = LoggerFactory.getLogger(HookReader.class);

    /**
     * The events of a body.
     *
     * @param body the request's bytes, or null
     * @param contentType the request's content type, or null
     * @return at least one event, in the order of the body
     */
    public List<HookEvent> read(@Body byte @Nullable [] body, @Header(Exchange.CONTENT_TYPE) @Nullable String contentType) {
        return hook(body, contentType).events();
    }

    /**
     * The same with what the account block says.
     *
     * @param body the request's bytes, or null
     * @param contentType the request's content type, or null
     * @return the account and at least one event
     */
    public Hook hook(byte @Nullable [] body, @Nullable String contentType) {
        try {
            return understand(body == null ? new byte[0] : body, contentType);
        } catch (RuntimeException e) {
            // a fault of ours must not cost a hook; the message may quote the body, so only the kind is told
            LOG.error("A webhook could not be read ({}), it is kept as unparsed", e.getClass().getName());
            return new Hook(null, null, List.of(HookEvent.unparsed(body, contentType, null)));
        }
    }

    /** {@link #hook} without its net, so that tests see what falls. */
    Hook understand(byte[] body, String contentType) {
        List<HookTree> parts = new ArrayList<>(1);
        boolean whole = parts(body, contentType, parts);
        List<HookEvent> events = new ArrayList<>();
        Long accountId = null;
        String subdomain = null;
        for (HookTree part : parts) {
            events.addAll(part.events());
            whole &= part.whole();
            accountId = accountId == null ? part.accountId() : accountId;
            subdomain = subdomain == null ? part.subdomain() : subdomain;
        }
        if (events.isEmpty() || !whole) {
            // half understood: what was not is kept beside what was
            events.add(HookEvent.unparsed(body, contentType, accountId));
        }
        return new Hook(accountId, subdomain, events);
    }

    /** Adds the hooks of a body, one unless it is a JSON array; false when something is left over. */
    private static boolean parts(byte[] body, String contentType, List<HookTree> parts) {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            return false;
        }
        JsonNode json = type.contains("json") || looksLikeJson(body) ? json(body) : null;
        if (json == null || !json.isContainerNode()) {
            return add(FormTree.of(body), parts);
        }
        boolean whole = true;
        for (JsonNode hook : json.isArray() ? json : List.of(json)) {
            whole &= add(FormTree.of(hook), parts);
            if (parts.size() >= HookTree.MOST_EVENTS) {
                // one event each, at least, or nothing that is one
                return whole && parts.size() == json.size();
            }
        }
        return whole;
    }

    private static boolean add(Optional<ObjectNode> tree, List<HookTree> parts) {
        int before = parts.stream().mapToInt(part -> part.events().size()).sum();
        tree.map(body -> new HookTree(body, HookTree.MOST_EVENTS - before)).ifPresent(parts::add);
        return tree.isPresent();
    }

    private static boolean looksLikeJson(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{' || b == '[';
            }
        }
        return false;
    }

    /** @return the tree of a JSON text, or null where it is none */
    static @Nullable JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            // the mapper lets numbers with an exponent beyond 32 bits fall through as they are
            return null;
        }
    }
}
