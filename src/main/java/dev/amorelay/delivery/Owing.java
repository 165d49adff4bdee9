package dev.amorelay.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.json.JsonBody;
import dev.amorelay.work.Refused;
import org.springframework.stereotype.Component;

/** Owes effects for flows that say in YAML what they owe. */
@Component
public class Owing {

    private final Outbox outbox;

    /**
     * @param outbox where effects are owed
     */
    public Owing(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Owes an effect, committed when this returns. A key that is known already owes nothing more: whatever repeats the flow, the
     * effect is one.
     *
     * @param kind what is owed: the kind of the route that performs it, for example {@code telegram.text}
     * @param account the configured name of the amoCRM account, for kinds whose routes serve each account by itself; else empty
     * @param key the effect's own key, for ever unique
     * @param subject whose effect it is; empty = the key
     * @param body an object with what the route needs to know; anything else becomes {@code {"body": …}}
     * @return whether it is owed now; false when it was owed before
     * @throws Refused when kind or key is missing, which no repeat mends
     */
    public boolean owe(String kind, String account, String key, String subject, Object body) {
        if (kind == null || !kind.matches("[a-z0-9]+([.-][a-z0-9]+)+")) {
            throw new Refused("an effect's kind is words in small letters with dots or dashes between them");
        }
        if (key == null || key.isBlank()) {
            throw new Refused("an effect of kind " + kind + " without a key");
        }
        return outbox.owe(kind, account == null ? "" : account, key, subject == null || subject.isBlank() ? key : subject, payload(body));
    }

    private static JsonNode payload(Object body) {
        String text = JsonBody.text(body);
        JsonNode tree = text == null ? JsonBody.tree(body)
                : text.strip().startsWith("{") ? Json.read(text) : Json.MAPPER.getNodeFactory().textNode(text);
        ObjectNode wrapped = Json.object();
        return tree.isObject() ? tree : wrapped.set("body", tree);
    }
}
