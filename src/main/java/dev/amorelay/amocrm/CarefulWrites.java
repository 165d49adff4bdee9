package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.CarefulItem.LeftOut;
import dev.amorelay.amocrm.ConfiguredValue.Place;
import dev.amorelay.amocrm.CrmRejected.Violation;
import dev.amorelay.amocrm.RefusedValues.Value;
import dev.amorelay.delivery.FlowEvents;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Writes that go in without what amoCRM refuses of them. What we configured is remembered and left out of the next ones too; what a
 * person said is left out once. Either is told in Russian sentences for a note of the deal.
 */
@Component
public class CarefulWrites {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final Map<String, String> WORDS = Map.ofEntries(Map.entry("field.serial-id", "Серийный номер"),
            Map.entry("field.model-id", "Модель"), Map.entry("field.telegram-id", "Telegram ID"),
            Map.entry("field.configuration-id", "Конфигурация"), Map.entry("field.next-maintenance-id", "Дата следующего ТО"),
            Map.entry("field.inn-id", "ИНН"), Map.entry("field.lead-uuid-id", "UUID заявки"), Map.entry("name", "Название"),
            Map.entry("price", "Сумма"), Map.entry("PHONE", "Телефон"), Map.entry("EMAIL", "E-mail"),
            Map.entry("_embedded.contacts", "Контакт"), Map.entry("_embedded.companies", "Компания"),
            Map.entry("_embedded.tags", "Теги"),
            Map.entry("responsible_user_id", "Ответственный"), Map.entry("pipeline_id", "Воронка"), Map.entry("status_id", "Этап"));

    /** Contacts or companies that a lead is linked with, and that are gone, or another one's by now. */
    private static final Set<String> LINKS = Set.of("_embedded.contacts", "_embedded.companies");

    /** How a note begins that tells what is missing. */
    public static final String HEAD = "⚠️ НЕ ЗАПИСАНО В СДЕЛКУ:";

    private final RefusedValues values;
    private final Accounts accounts;
    private final SetupCheck check;
    private final FlowEvents events;
    private final AccountZones zones;

    CarefulWrites(RefusedValues values, Accounts accounts, SetupCheck check, FlowEvents events, AccountZones zones) {
        this.zones = zones;
        this.events = events;
        this.values = values;
        this.accounts = accounts;
        this.check = check;
    }

    /**
     * Leaves out of items what the account is known to refuse.
     *
     * @param account the configured name
     * @param items what is to be written
     */
    public void leaveOutKnown(String account, Collection<CarefulItem> items) {
        Set<Value> refused = values.leftOut(account);
        items.forEach(item -> item.leaveOut(refused));
    }

    /**
     * Takes out of an item what amoCRM has just refused, and out of the others what of it was configured.
     *
     * @param account the configured name
     * @param item a blamed item, as it was sent
     * @param violations what is wrong with it
     * @param together the items of the call
     */
    public void takeOut(String account, CarefulItem item, List<Violation> violations, Collection<CarefulItem> together) {
        Set<Value> refused = item.takeOut(violations, id -> check.hasField(account, id));
        boolean isNews = false;
        for (Value value : refused) {
            isNews |= values.refused(account, value);
        }
        if (isNews) {
            check.lookAt(account);
        }
        together.forEach(other -> other.leaveOut(refused));
    }

    /**
     * Notes that items were written: what of them was refused before is right again.
     *
     * @param account the configured name
     * @param items as they were sent
     */
    public void served(String account, Collection<CarefulItem> items) {
        Set<Value> refused = values.all(account);
        if (!refused.isEmpty()) {
            List<Value> sent = items.stream().flatMap(item -> item.configured().stream()).toList();
            values.right(account, refused.stream().filter(value -> sent.stream().anyMatch(value::isSame)).toList());
        }
    }

    /**
     * Changes leads without what of the settings the account refuses; a note of the deal tells what is missing.
     *
     * @param account the configured name
     * @param changes each with its {@code id}; up to what one call may carry
     * @param send makes the call
     * @return the answer; empty where nothing was left to change
     * @throws CrmRejected when something else is refused
     */
    Optional<CrmAnswer> change(String account, List<ObjectNode> changes, Function<List<ObjectNode>, CrmAnswer> send) {
        List<CarefulItem> items = changes.stream().map(change -> new CarefulItem(change.deepCopy())).toList();
        Set<Value> known = new HashSet<>(values.leftOut(account));
        known.removeIf(value -> setting(account, value.place(), value.id()).isEmpty());
        items.forEach(item -> item.leaveOut(known));
        while (true) {
            List<CarefulItem> open = items.stream().filter(item -> !item.isBare()).toList();
            try {
                Optional<CrmAnswer> answer = open.isEmpty() ? Optional.empty()
                        : Optional.of(send.apply(open.stream().map(CarefulItem::item).toList()));
                served(account, open);
                items.forEach(item -> tellLeftOut(account, item.item().path("id").asLong(), item));
                return answer;
            } catch (CrmRejected rejected) {
                if (!takeOutOurs(account, open, rejected)) {
                    throw rejected;
                }
            }
        }
    }

    /**
     * Creates entities that a flow of the engineers' owes, without the ids that the account refuses: of leads any, which a note of the
     * deal tells; of others, that have no place for such a note, the responsible user alone.
     *
     * @param kind {@code leads}, {@code contacts}, …
     * @param account the configured name
     * @param entities each with its {@code request_id}; up to what one call may carry
     * @param send makes the call
     * @return amoCRM's id of each by its {@code request_id}
     * @throws CrmRejected when something else is refused
     */
    Map<String, Long> create(String kind, String account, List<ObjectNode> entities, Function<List<ObjectNode>, Map<String, Long>> send) {
        boolean isTold = "leads".equals(kind);
        List<CarefulItem> items = entities.stream().map(entity -> new CarefulItem(entity.deepCopy())).toList();
        Set<Value> known = new HashSet<>(values.leftOut(account));
        known.removeIf(value -> !isTold && value.place() != Place.USER);
        items.forEach(item -> item.leaveOut(known));
        while (true) {
            try {
                Map<String, Long> ids = send.apply(items.stream().map(CarefulItem::item).toList());
                served(account, items);
                if (isTold) {
                    items.stream().filter(item -> ids.containsKey(item.key())).forEach(item -> tellLeftOut(account, ids.get(item.key()), item));
                }
                return ids;
            } catch (CrmRejected rejected) {
                boolean any = false;
                for (CarefulItem item : items) {
                    List<Violation> violations = rejected.violations(item.key(), items.size() == 1);
                    if (!item.isBare() && isIdsOnly(account, item, violations, isTold)) {
                        takeOut(account, item, violations, items);
                        any = true;
                    }
                }
                if (!any) {
                    throw rejected;
                }
            }
        }
    }

    /** What a person said stays in: by it the next attempt knows what this one may have made. */
    private boolean isIdsOnly(String account, CarefulItem item, List<Violation> violations, boolean isTold) {
        CarefulItem copy = new CarefulItem(item.item().deepCopy());
        Set<Value> ids = copy.takeOut(violations, id -> check.hasField(account, id));
        return !copy.leftOut().isEmpty() && copy.leftOut().stream().allMatch(part -> isTold && LINKS.contains(part.key())
                || ids.stream().anyMatch(id -> (isTold || id.place() == Place.USER)
                && id.place().word().equals(part.key()) && part.id() != null && id.id() == part.id()));
    }

    /** Takes out what the settings name, as long as that is all that is wrong with an item. */
    private boolean takeOutOurs(String account, List<CarefulItem> items, CrmRejected rejected) {
        boolean any = false;
        for (int i = 0; i < items.size(); i++) {
            CarefulItem item = items.get(i);
            // an item without a request_id is called by its position
            List<Violation> violations = rejected.violations(item.key().isEmpty() ? String.valueOf(i) : item.key(), items.size() == 1);
            Set<Value> ours = new CarefulItem(item.item().deepCopy()).takeOut(violations, id -> check.hasField(account, id));
            if (!ours.isEmpty() && ours.stream().allMatch(value -> setting(account, value.place(), value.id()).isPresent())) {
                takeOut(account, item, violations, items);
                any = true;
            }
        }
        return any;
    }

    /**
     * What did not get in.
     *
     * @param account the configured name
     * @param item an item that was written
     * @return a Russian sentence for each part; empty where all went in
     */
    public List<String> sentences(String account, CarefulItem item) {
        Map<String, String> sentences = new HashMap<>();
        List<String> inOrder = new ArrayList<>();
        for (LeftOut part : item.leftOut()) {
            String sentence = sentence(account, part);
            if (sentences.putIfAbsent(sentence, sentence) == null) {
                inOrder.add(sentence);
            }
        }
        return inOrder;
    }

    private String sentence(String account, LeftOut part) {
        Optional<Place> place = List.of(Place.values()).stream().filter(one -> one.word().equals(part.key())).findFirst();
        Optional<ConfiguredValue> setting = place.filter(known -> part.id() != null).flatMap(known -> setting(account, known, part.id()));
        String word = setting.map(ConfiguredValue::setting).filter(WORDS::containsKey).or(() -> Optional.of(part.key()))
                .map(key -> WORDS.getOrDefault(key, key.equals("field") ? "Поле" : key)).orElseThrow();
        boolean isDate = setting.filter(value -> value.setting().equals("field.next-maintenance-id")).isPresent();
        String text = isDate && part.text() != null && part.text().matches("\\d{1,12}") ? date(account, Long.parseLong(part.text())) : part.text();
        String said = text == null || text.isBlank() ? "" : ": " + text;
        String id = part.id() == null ? "" : " (" + values.named(account, place.orElse(Place.FIELD), part.id()) + ")";
        return word + said + id + " — amoCRM не принимает: " + reason(part.code());
    }

    private String date(String account, long midnight) {
        return DAY.format(Instant.ofEpochSecond(midnight).atZone(zones.of(account)));
    }

    private static String reason(String code) {
        return switch (code) {
            case "NotSupportedChoice" -> "такого значения в аккаунте нет, или оно отключено";
            case "InvalidType" -> "значение не того типа";
            case "TooLong" -> "слишком длинно";
            case "FieldNotExpected" -> "такого поля нет";
            default -> code;
        };
    }

    private Optional<ConfiguredValue> setting(String account, Place place, long id) {
        return ConfiguredValue.of(accounts.named(account).settings()).stream()
                .filter(value -> value.place() == place && value.id() == id).findFirst();
    }

    /**
     * Tells the flow what was left out of a deal, which owes it a note; one a deal and text.
     *
     * @param account the configured name
     * @param deal amoCRM's id of it
     * @param item what was written to it, or should have been
     */
    void tellLeftOut(String account, long deal, CarefulItem item) {
        List<String> sentences = sentences(account, item);
        if (!sentences.isEmpty()) {
            String text = HEAD + "\n" + String.join("\n", sentences);
            events.tell("crm.values.left-out", Map.of("account", account, "lead", deal, "text", text,
                    "mark", Integer.toHexString(text.hashCode())));
        }
    }
}
