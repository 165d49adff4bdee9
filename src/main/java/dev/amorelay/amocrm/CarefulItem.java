package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.ConfiguredValue.Place;
import dev.amorelay.amocrm.CrmRejected.Violation;
import dev.amorelay.amocrm.RefusedValues.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One item of a write, from which what amoCRM refuses is taken out part by part: what we configured, and what a person said. Both
 * are kept, to be told. Paths name positions, so that several violations are looked up before anything is taken out.
 */
public final class CarefulItem {

    private static final String FIELDS = "custom_fields_values";
    private static final String CONTACTS = "_embedded.contacts";
    private static final Pattern OF_FIELD = Pattern.compile("custom_fields_values\\.(\\d+)(\\..*)?");
    private static final Pattern A_VALUE = Pattern.compile("\\.values\\.\\d+.*");
    /** What tells of an item which one it is; without the rest it goes in all the same. */
    private static final Set<String> CORE = Set.of("request_id", "id");

    private final ObjectNode item;
    private final List<LeftOut> leftOut = new ArrayList<>();

    /**
     * Something that was left out.
     *
     * @param key the key of the item; {@code field} for a custom field
     * @param id the configured id, or that of the field; null where there is none
     * @param text what should have stood there, as a person can read it; null where the id is all
     * @param code the rule that it breaks, as amoCRM calls it
     */
    public record LeftOut(String key, @Nullable Long id, @Nullable String text, String code) {
    }

    /** @param item as API v4 takes it; changed here */
    public CarefulItem(ObjectNode item) {
        this.item = item;
    }

    /** @return the item as it can be sent now */
    public ObjectNode item() {
        return item;
    }

    /** @return its {@code request_id} */
    public String key() {
        return item.path("request_id").asText();
    }

    /** @return what was left out so far */
    public List<LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }

    /**
     * Leaves out ids that are known to be refused.
     *
     * @param refused the ids
     */
    public void leaveOut(Collection<Value> refused) {
        for (Value value : refused) {
            if (value.place() != Place.FIELD) {
                if (item.path(value.place().word()).asLong() == value.id()) {
                    take(value.place().word(), value.code());
                }
                continue;
            }
            for (int i = item.path(FIELDS).size() - 1; i >= 0; i--) {
                if (item.path(FIELDS).path(i).path("field_id").asLong() == value.id()) {
                    takeFields(Map.of(i, value.code()));
                }
            }
        }
    }

    /** @return the configured ids that the item carries */
    public List<Value> configured() {
        List<Value> values = new ArrayList<>();
        for (Place place : Place.values()) {
            if (item.path(place.word()).isIntegralNumber()) {
                values.add(new Value(place, item.path(place.word()).asLong(), ""));
            }
        }
        item.path(FIELDS).forEach(field -> {
            if (field.path("field_id").isIntegralNumber()) {
                values.add(new Value(Place.FIELD, field.path("field_id").asLong(), ""));
            }
        });
        return values;
    }

    /** @return whether the violations blame the linked contact */
    public static boolean blamesContact(List<Violation> violations) {
        return violations.stream().anyMatch(violation -> violation.path().startsWith(CONTACTS));
    }

    /** @return whether nothing is left that could be taken out */
    public boolean isBare() {
        return StreamSupport.stream(((Iterable<String>) item::fieldNames).spliterator(), false).allMatch(CORE::contains);
    }

    /**
     * Takes out what is refused. What cannot be told from a path takes with it all that the path is about; a path that means
     * nothing here takes all but the item's core.
     *
     * @param violations what amoCRM says of the item as it was sent
     * @param fits whether the account has a field of this id, of a type that can hold what we put there
     * @return the configured ids among what was taken out
     */
    public Set<Value> takeOut(List<Violation> violations, LongPredicate fits) {
        Set<Value> configured = new LinkedHashSet<>();
        Map<Integer, String> fields = new HashMap<>();
        List<Violation> others = new ArrayList<>();
        for (Violation violation : violations) {
            Matcher ofField = OF_FIELD.matcher(violation.path());
            if (ofField.matches() && item.path(FIELDS).has(Integer.parseInt(ofField.group(1)))) {
                int position = Integer.parseInt(ofField.group(1));
                JsonNode field = item.path(FIELDS).path(position);
                boolean theValue = ofField.group(2) != null && A_VALUE.matcher(ofField.group(2)).matches();
                fields.put(position, violation.code());
                addField(configured, field, violation.code(), theValue, fits);
            } else if (violation.path().startsWith(FIELDS) && item.has(FIELDS)) {
                // which one is not told: those that do not fit the account, else all
                ArrayNode all = (ArrayNode) item.path(FIELDS);
                Map<Integer, String> faulty = new HashMap<>();
                for (int i = 0; i < all.size(); i++) {
                    if (addField(configured, all.get(i), violation.code(), true, fits)) {
                        faulty.put(i, violation.code());
                    }
                }
                for (int i = 0; faulty.isEmpty() && i < all.size(); i++) {
                    fields.put(i, violation.code());
                }
                fields.putAll(faulty);
            } else {
                others.add(violation);
            }
        }
        takeFields(fields);
        others.forEach(violation -> takeOther(violation, configured));
        return configured;
    }

    private void takeOther(Violation violation, Set<Value> configured) {
        String key = violation.path().startsWith("_embedded.") ? embedded(violation.path()) : violation.path().split("\\.")[0];
        for (Place place : Place.values()) {
            if (place.word().equals(key) && item.path(key).isIntegralNumber()) {
                configured.add(new Value(place, item.path(key).asLong(), violation.code()));
            }
        }
        if (CORE.contains(key) || !has(key)) {
            takeAll(violation.code());
        } else {
            take(key, violation.code());
        }
    }

    private boolean has(String key) {
        return key.startsWith("_embedded.") ? item.path("_embedded").has(key.substring("_embedded.".length())) : item.has(key);
    }

    private void takeAll(String code) {
        Map<Integer, String> fields = new HashMap<>();
        for (int i = 0; i < item.path(FIELDS).size(); i++) {
            fields.put(i, code);
        }
        takeFields(fields);
        List<String> keys = new ArrayList<>();
        item.path("_embedded").fieldNames().forEachRemaining(key -> keys.add("_embedded." + key));
        item.fieldNames().forEachRemaining(key -> {
            if (!CORE.contains(key) && !key.equals("_embedded")) {
                keys.add(key);
            }
        });
        keys.forEach(key -> take(key, code));
    }

    private static boolean addField(Set<Value> configured, JsonNode field, String code, boolean asksCatalogue, LongPredicate fits) {
        long id = field.path("field_id").asLong();
        boolean isConfigured = id != 0 && !(asksCatalogue && fits.test(id));
        return isConfigured && configured.add(new Value(Place.FIELD, id, code));
    }

    private void takeFields(Map<Integer, String> positions) {
        for (int i = item.path(FIELDS).size() - 1; i >= 0; i--) {
            if (positions.containsKey(i)) {
                JsonNode field = ((ArrayNode) item.path(FIELDS)).remove(i);
                leftOut.add(new LeftOut(field.path("field_code").asText("field"),
                        field.path("field_id").isIntegralNumber() ? field.path("field_id").asLong() : null, text(field), positions.get(i)));
            }
        }
        if (item.has(FIELDS) && item.path(FIELDS).isEmpty()) {
            item.remove(FIELDS);
        }
    }

    private void take(String key, String code) {
        JsonNode taken;
        if (key.startsWith("_embedded.")) {
            ObjectNode embedded = (ObjectNode) item.path("_embedded");
            taken = embedded.remove(key.substring("_embedded.".length()));
            if (embedded.isEmpty()) {
                item.remove("_embedded");
            }
        } else {
            taken = item.remove(key);
        }
        // in its pipeline a stage is at home; without it, it would lead the deal back there
        if (key.equals(Place.PIPELINE.word()) && item.has(Place.STAGE.word())) {
            item.remove(Place.STAGE.word());
        }
        boolean isId = taken != null && key.endsWith("_id") && taken.isIntegralNumber();
        leftOut.add(new LeftOut(key, isId ? taken.asLong() : null, isId || taken == null ? null : taken.isValueNode() ? taken.asText()
                : taken.toString(), code));
    }

    private static String embedded(String path) {
        String[] steps = path.split("\\.");
        return steps[0] + "." + steps[1];
    }

    private static String text(JsonNode field) {
        List<String> texts = new ArrayList<>();
        field.path("values").forEach(value -> texts.add(value.path("value").asText()));
        return String.join(", ", texts);
    }
}
