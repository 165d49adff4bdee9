package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * Whether an event tells when its change was. Where it does, the same words mean the same change; where it does not, like the
 * short bodies of the Digital Pipeline (facts §6.7), only the time of arrival can tell two changes apart.
 */
final class ChangeTime {

    private static final List<String> CHANGED = List.of("updated_at", "last_modified", "date_modify");
    private static final List<String> ADDED = List.of("created_at", "date_create");
    /** A time in their bodies is that of the last change before. */
    private static final Set<String> UNTIMED = Set.of("delete", "restore");

    private ChangeTime() {
    }

    /**
     * Looks at the entity's own fields.
     *
     * @param event what a hook tells
     * @return true where the same fields can only be the same change
     */
    static boolean isTold(HookEvent event) {
        return !UNTIMED.contains(event.action())
                && (has(event.payload(), CHANGED) || event.action().equals("add") && has(event.payload(), ADDED));
    }

    private static boolean has(JsonNode fields, List<String> times) {
        return times.stream().map(time -> EntityEvent.text(fields.get(time))).anyMatch(time -> time != null && !time.equals("0"));
    }
}
