package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.CrmRejected.Violation;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Notes and tasks of flows that amoCRM refuses since the entity that they hang on is gone, or for their text. A task about what is gone
 * stands alone; everything else is told to a manager.
 */
@Component
class RefusedItems {

    private static final Map<String, String> GONE =
            Map.of("leads", "Сделки", "contacts", "Контакта", "companies", "Компании", "customers", "Покупателя");

    private final RefusalNotice notice;

    RefusedItems(RefusalNotice notice) {
        this.notice = notice;
    }

    /**
     * What of a refused call can go again.
     *
     * @param kind {@code tasks}, {@code leads/notes} and the like
     * @param account the configured name of the account
     * @param items of the call, each with its {@code request_id}
     * @param rejected what amoCRM said
     * @return the items that are left, changed where that helps; of those that are missing a manager is told
     * @throws CrmRejected the same where none of this can help
     */
    List<ObjectNode> withoutRefused(String kind, String account, List<ObjectNode> items, CrmRejected rejected) {
        if (!kind.equals("tasks") && !kind.endsWith("/notes")) {
            throw rejected;
        }
        List<ObjectNode> left = new ArrayList<>();
        boolean changed = false;
        for (ObjectNode item : items) {
            List<Violation> violations = rejected.violations(item.path("request_id").asText(), items.size() == 1);
            if (violations.isEmpty()) {
                left.add(item);
                continue;
            }
            changed = true;
            if (kind.equals("tasks") && item.has("entity_id") && violations.stream().allMatch(RefusedItems::isEntity)) {
                left.add(alone(item));
            } else {
                tell(kind, account, item, violations);
            }
        }
        if (!changed) {
            throw rejected;
        }
        return left;
    }

    private static ObjectNode alone(ObjectNode task) {
        ObjectNode alone = task.deepCopy();
        alone.remove(List.of("entity_id", "entity_type"));
        return alone.put("text", task.path("text").asText() + "\n\n"
                + gone(task.path("entity_type").asText("leads"), task.path("entity_id").asLong()));
    }

    private void tell(String kind, String account, ObjectNode item, List<Violation> violations) {
        boolean isTask = kind.equals("tasks");
        String entities = isTask ? item.path("entity_type").asText("") : kind.substring(0, kind.indexOf('/'));
        boolean isGone = violations.stream().anyMatch(RefusedItems::isEntity);
        long entity = item.path("entity_id").asLong();
        String what = isGone && !isTask ? "Примечание некуда добавить. " + gone(entities, entity)
                : "amoCRM не приняла " + (isTask ? "задачу" : "примечание") + " (" + violations.stream()
                        .map(violation -> violation.path() + ": " + violation.code()).distinct().collect(Collectors.joining(", ")) + ").";
        ObjectNode same = item.deepCopy();
        same.remove("request_id");
        String about = kind + ":" + entity + ":" + UUID.nameUUIDFromBytes(Json.write(same).getBytes(StandardCharsets.UTF_8));
        notice.tell(account, about, isGone || !entities.equals("leads") || entity == 0 ? null : entity, what,
                isTask ? item.path("text").asText() : item.path("params").path("text").asText(null));
    }

    /**
     * Which items of a change are not there any more.
     *
     * @param items of the call, each with its {@code id}
     * @param rejected what amoCRM said
     * @return their ids
     */
    static Set<Long> gone(List<ObjectNode> items, CrmRejected rejected) {
        Set<Long> gone = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            // an item without a request_id is called by its position
            List<Violation> violations = rejected.violations(items.get(i).path("request_id").asText(String.valueOf(i)), items.size() == 1);
            if (!violations.isEmpty() && violations.stream().allMatch(violation -> violation.path().equals("id"))) {
                gone.add(items.get(i).path("id").asLong());
            }
        }
        return gone;
    }

    private static boolean isEntity(Violation violation) {
        return violation.path().startsWith("entity_id") || violation.path().startsWith("entity_type");
    }

    /** @return a Russian sentence */
    static String gone(String entities, long id) {
        return GONE.getOrDefault(entities, "Записи") + " " + id + " в amoCRM больше нет.";
    }
}
