package dev.amorelay.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done once more.
 *
 * @param what effects of the outbox, or webhook events of the inbox
 * @param ids only these rows; empty = any
 * @param kinds only effects of these kinds, or events of these types; empty = any
 * @param states only rows in these states
 * @param from only what came into being at this moment or later; null = any
 * @param to only what came into being before; null = any
 * @param account only of this account, by its configured name; null = any
 * @param deal only of this deal, by amoCRM's number of it; null = any
 * @param cause {@code crm-refused}: only effects that a version before this one set aside because amoCRM refused them; null = any
 * @param limit how many rows at most
 * @param dryRun whether it is only counted what would be done
 * @param evenIfItMayHaveArrived whether what may have reached its receiver, and was repeated before, is performed again
 */
record ReplayWish(What what, List<Long> ids, List<String> kinds, List<String> states, @Nullable OffsetDateTime from,
                  @Nullable OffsetDateTime to,
                  @Nullable String account, @Nullable Long deal, @Nullable String cause, int limit, boolean dryRun,
                  boolean evenIfItMayHaveArrived) {

    private static final String CRM_REFUSED = "crm-refused";
    private static final int USUAL_LIMIT = 1000;
    private static final int HIGHEST_LIMIT = 10_000;
    private static final Set<String> MEMBERS = Set.of("what", "ids", "kinds", "states", "from", "to", "account", "deal", "cause", "limit",
            "dryRun", "evenIfItMayHaveArrived");

    /** Which table, and the states that its rows can be in. */
    enum What {
        EFFECTS("pending", "failed", "dead", "skipped", "done"),
        EVENTS("waiting", "dead", "done", "stored", "unparsed", "unknown-account");

        private final List<String> states;

        What(String... states) {
            this.states = List.of(states);
        }
    }

    /**
     * Reads a wish.
     *
     * @param told the request's body
     * @return the wish; a dry run, of what is dead, unless it says otherwise
     * @throws BadWish when it is not understood, or does not say which rows
     */
    static ReplayWish of(JsonNode told) {
        if (!told.isObject()) {
            throw new BadWish("тело должно быть объектом JSON");
        }
        // a misspelt narrowing would replay more than was meant
        told.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new BadWish("неизвестное поле: " + name.substring(0, Math.min(name.length(), 40)));
            }
        });
        What what = switch (told.path("what").asText("")) {
            case "effects" -> What.EFFECTS;
            case "events" -> What.EVENTS;
            default -> throw new BadWish("what: effects или events");
        };
        List<String> states = texts(told, "states");
        if (!what.states.containsAll(states)) {
            throw new BadWish("states: " + String.join(", ", what.states));
        }
        Long deal = told.has("deal") ? (Long) number(told.path("deal"), "deal") : null;
        String account = told.hasNonNull("account") ? told.path("account").asText() : deal == null ? null : "default";
        ReplayWish wish = new ReplayWish(what, numbers(told), texts(told, "kinds"), states.isEmpty() ? List.of("dead") : states,
                time(told, "from"), time(told, "to"), account, deal, cause(told, what), limit(told), flag(told, "dryRun", true),
                flag(told, "evenIfItMayHaveArrived", false));
        if (wish.ids.isEmpty() && wish.kinds.isEmpty() && states.isEmpty() && wish.from == null && wish.to == null && deal == null
                && wish.cause == null) {
            throw new BadWish("укажите, что повторить: ids, kinds, states, from, to, deal или cause");
        }
        return wish;
    }

    String word() {
        return what.name().toLowerCase(Locale.ROOT);
    }

    private static String cause(JsonNode told, What what) {
        if (!told.has("cause")) {
            return null;
        }
        if (what != What.EFFECTS || !CRM_REFUSED.equals(told.path("cause").asText())) {
            throw new BadWish("cause: " + CRM_REFUSED + ", только для effects");
        }
        return CRM_REFUSED;
    }

    private static int limit(JsonNode told) {
        // of one cause all are meant
        long limit = told.has("limit") ? number(told.path("limit"), "limit") : told.has("cause") ? HIGHEST_LIMIT : USUAL_LIMIT;
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new BadWish("limit: от 1 до " + HIGHEST_LIMIT);
        }
        return (int) limit;
    }

    private static boolean flag(JsonNode told, String name, boolean usual) {
        if (told.has(name) && !told.path(name).isBoolean()) {
            throw new BadWish(name + ": true или false");
        }
        return told.path(name).asBoolean(usual);
    }

    private static long number(JsonNode value, String name) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new BadWish(name + ": целое число");
        }
        return value.asLong();
    }

    private static List<Long> numbers(JsonNode told) {
        List<Long> numbers = new ArrayList<>();
        array(told, "ids").forEach(value -> numbers.add(number(value, "ids")));
        return numbers;
    }

    private static List<String> texts(JsonNode told, String name) {
        List<String> texts = new ArrayList<>();
        array(told, name).forEach(value -> {
            if (!value.isTextual()) {
                throw new BadWish(name + ": список строк");
            }
            texts.add(value.asText());
        });
        return texts;
    }

    /** An empty list would mean any row, where its writer may have meant none. */
    private static JsonNode array(JsonNode told, String name) {
        JsonNode value = told.path(name);
        if (told.has(name) && (!value.isArray() || value.isEmpty() || value.size() > HIGHEST_LIMIT)) {
            throw new BadWish(name + ": непустой список, не длиннее " + HIGHEST_LIMIT);
        }
        return value;
    }

    private static OffsetDateTime time(JsonNode told, String name) {
        if (!told.has(name)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(told.path(name).asText());
        } catch (DateTimeParseException e) {
            throw new BadWish(name + ": время вида 2026-11-20T10:00:00+03:00");
        }
    }
}
