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
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What flows create and amoCRM refuses for what it says, or since the entity that it hangs on is gone. Contacts and companies go in
 * without what is refused of them, a task about what is gone stands alone; everything else is told to a manager.
 */
@Component
class RefusedItems {

    private static final Map<String, String> GONE =
            Map.of("leads", "Сделки", "contacts", "Контакта", "companies", "Компании", "customers", "Покупателя");

    private static final Map<String, String> GENITIVES = Map.of("contacts", "контакта", "companies", "компании");
    /** What somebody is called of whom amoCRM takes no name. */
    private static final Map<String, String> NAMELESS = Map.of("contacts", "Без имени", "companies", "Без названия");

    private final RefusalNotice notice;
    private final CarefulWrites care;

    RefusedItems(RefusalNotice notice, CarefulWrites care) {
        this.notice = notice;
        this.care = care;
    }

    /**
     * What of a refused call can go again.
     *
     * @param kind {@code tasks}, {@code leads/notes} and the like
     * @param account the configured name of the account
     * @param items of the call, each with its {@code request_id}
     * @param sent the same as they were sent, which is what amoCRM speaks of
     * @param rejected what amoCRM said
     * @return the items that are left, changed where that helps; of those that are missing a manager is told
     * @throws CrmRejected the same where none of this can help
     */
    List<ObjectNode> withoutRefused(String kind, String account, List<ObjectNode> items, List<ObjectNode> sent, CrmRejected rejected) {
        if (NAMELESS.containsKey(kind)) {
            List<ObjectNode> left = sent.stream().map(item -> withoutRefusedParts(kind, account, item, rejected, sent.size() == 1)).toList();
            if (left.equals(sent)) {
                throw rejected;
            }
            return left;
        }
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

    /** The manager is told before it is sent: whatever becomes of the answer, nothing that was said is lost. */
    private ObjectNode withoutRefusedParts(String kind, String account, ObjectNode item, CrmRejected rejected, boolean isAlone) {
        List<Violation> violations = rejected.violations(item.path("request_id").asText(), isAlone).stream()
                .filter(violation -> !CrmEntities.OF_THE_SET_UP.matcher(violation.path()).matches()).toList();
        CarefulItem left = new CarefulItem(item.deepCopy());
        left.takeOut(violations, id -> true);
        if (Stream.of("name", "first_name", "last_name").noneMatch(left.item()::has)) {
            left.item().put("name", NAMELESS.get(kind));
        }
        if (!violations.isEmpty() && !left.item().equals(item)) {
            String text = Stream.concat(Stream.of(Twins.nameOf(item)), care.sentences(account, left).stream()).collect(Collectors.joining("\n"));
            notice.tell(account, kind + ":" + uuid(text), null, "amoCRM не приняла часть данных " + GENITIVES.get(kind) + " ("
                    + codes(violations) + "), остальное записывается без них.", text);
        }
        return violations.isEmpty() ? item : left.item();
    }

    private static String codes(List<Violation> violations) {
        return violations.stream().map(violation -> violation.path() + ": " + violation.code()).distinct().collect(Collectors.joining(", "));
    }

    private static UUID uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
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
                : "amoCRM не приняла " + (isTask ? "задачу" : "примечание") + " (" + codes(violations) + ").";
        ObjectNode same = item.deepCopy();
        same.remove("request_id");
        String about = kind + ":" + entity + ":" + uuid(Json.write(same));
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
