package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads what an existing n8n flow posts: an event that it names ({@link RelayedEvent}), the whole item of its Webhook node,
 * one or a list of them, or the hook alone. The events of an item are those of amoCRM's own delivery, with the same hashes, so that whichever comes
 * second is the repeat.
 */
@Component
public class RelayedHook {

    private static final Logger LOG = LoggerFactory.getLogger(RelayedHook.class);
    private static final String CONTENT_TYPE = "application/json";

    private final RelayedEvent named;
    private final HookReader hooks;

    /**
     * @param named reads events that are named
     * @param hooks reads hooks as amoCRM sends them
     */
    public RelayedHook(RelayedEvent named, HookReader hooks) {
        this.named = named;
        this.hooks = hooks;
    }

    /**
     * The events of a post.
     *
     * @param json the request's bytes, or null
     * @return at least one event; of the type {@code unparsed} what is neither an event nor a hook
     */
    public List<HookEvent> read(@Body byte @Nullable [] json) {
        try {
            return understand(json == null ? new byte[0] : json);
        } catch (RuntimeException e) {
            // a fault of ours must not cost an event; the message may quote the body, so only the kind is told
            LOG.error("What n8n handed on could not be read ({}), it is kept as unparsed", e.getClass().getName());
            return List.of(HookEvent.unparsed(json, CONTENT_TYPE, null));
        }
    }

    /** {@link #read} without its net, so that tests see what falls. */
    List<HookEvent> understand(byte[] json) {
        JsonNode request = HookReader.json(json);
        List<Optional<JsonNode>> items = new ArrayList<>();
        if (request != null && request.isArray()) {
            request.forEach(item -> items.add(N8nItem.hook(item)));
        } else if (request != null && !request.has("event_type")) {
            items.add(N8nItem.hook(request));
        }
        if (items.isEmpty() || !items.stream().allMatch(Optional::isPresent)) {
            return handedOn(json, bounded(named.read(json), json));
        }
        List<HookEvent> events = new ArrayList<>();
        for (Optional<JsonNode> item : items) {
            if (events.size() >= HookTree.MOST_EVENTS) {
                // the rest is kept as it came
                events.add(HookEvent.unparsed(json, CONTENT_TYPE, null));
                return events;
            }
            events.addAll(events(item.get()));
        }
        return events;
    }

    /** Some flows hand on the hook itself, as a form or as JSON, without an item around it. */
    private List<HookEvent> handedOn(byte[] json, List<HookEvent> named) {
        if (!named.stream().allMatch(event -> event.eventType().equals(HookEvent.UNPARSED))) {
            return named;
        }
        List<HookEvent> plain = hooks.read(json, null);
        return plain.stream().allMatch(event -> event.eventType().equals(HookEvent.UNPARSED)) ? named : plain;
    }

    /** What an event has no room for stands beside it, with the whole post. */
    private static List<HookEvent> bounded(HookEvent event, byte[] json) {
        HookEvent kept = event.eventType().equals(HookEvent.UNPARSED) ? event : PayloadBound.of(event);
        return kept == event ? List.of(event) : List.of(kept, HookEvent.unparsed(json, CONTENT_TYPE, event.accountId()));
    }

    private List<HookEvent> events(JsonNode hook) {
        String text = hook.isTextual() ? hook.asText() : Json.write(hook);
        return hooks.read(text.getBytes(StandardCharsets.UTF_8), hook.isTextual() ? null : CONTENT_TYPE);
    }
}
