package dev.amorelay.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.json.JsonBody;
import dev.amorelay.work.Moments;
import dev.amorelay.work.Refused;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Expression;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;
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
     * Owes an effect, committed when this returns, or with the transaction around it. A key that is known already owes nothing more: whatever repeats the flow, the
     * effect is one.
     *
     * @param kind what is owed: the kind of the route that performs it, for example {@code telegram.text}
     * @param account the configured name of the amoCRM account, for kinds whose routes serve each account by itself; else empty
     * @param key the effect's own key, for ever unique
     * @param subject whose effect it is; empty = the key
     * @param body an object with what the route needs to know; anything else becomes {@code {"body": …}}
     * @param only names of what goes along of an object, with commas between them, what is null left out; empty = all
     * @param notBefore when it is performed at the earliest, ISO 8601 with an offset, or unix seconds; empty = at once
     * @return whether it is owed now; false when it was owed before
     * @throws Refused when kind or key is missing, or the moment is none, which no repeat mends
     */
    public boolean owe(String kind, String account, String key, String subject, Object body, String only, Object notBefore) {
        if (kind == null || !kind.matches("[a-z0-9]+([.-][a-z0-9]+)+")) {
            throw new Refused("an effect's kind is words in small letters with dots or dashes between them");
        }
        if (key == null || key.isBlank()) {
            throw new Refused("an effect of kind " + kind + " without a key");
        }
        return outbox.owe(kind, account == null ? "" : account, key, subject == null || subject.isBlank() ? key : subject,
                chosen(payload(body), only), Moments.of(notBefore));
    }

    /**
     * What goes along, as a flow tells it: a JSON object with functions for values, or an expression.
     *
     * @param told as the flow has it, before anything is filled in, see {@link PayloadTemplate}
     * @param exchange what the functions are about
     * @return the object, or what the expression gives
     * @throws Refused for a text that begins as an object and is none
     */
    public @Nullable Object payload(@ExchangeProperty("owePayloadTold") String told, Exchange exchange) {
        Language simple = exchange.getContext().resolveLanguage("simple");
        if (!PayloadTemplate.isOne(told)) {
            return value(simple, told, exchange, Object.class);
        }
        return PayloadTemplate.filled(PayloadTemplate.read(told), function -> value(simple, function, exchange, Object.class),
                text -> String.valueOf(value(simple, text, exchange, String.class)));
    }

    private static <T> @Nullable T value(Language simple, String text, Exchange exchange, Class<T> type) {
        Expression expression = simple.createExpression(text);
        expression.init(exchange.getContext());
        return expression.evaluate(exchange, type);
    }

    private static JsonNode chosen(JsonNode payload, String only) {
        if (only == null || only.isBlank()) {
            return payload;
        }
        ObjectNode chosen = Json.object();
        for (String name : only.split(",")) {
            JsonNode value = payload.get(name.strip());
            if (value == null) {
                throw new Refused("the body has no '" + name.strip() + "' to go along");
            }
            if (!value.isNull()) {
                chosen.set(name.strip(), value);
            }
        }
        return chosen;
    }

    private static JsonNode payload(Object body) {
        String text = JsonBody.text(body);
        JsonNode tree = text == null ? JsonBody.tree(body)
                : text.strip().startsWith("{") ? Json.read(text) : Json.MAPPER.getNodeFactory().textNode(text);
        ObjectNode wrapped = Json.object();
        return tree.isObject() ? tree : wrapped.set("body", tree);
    }
}
