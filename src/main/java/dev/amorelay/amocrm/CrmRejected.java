package dev.amorelay.amocrm;

import dev.amorelay.work.Refused;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** amoCRM refuses our data (400, 422) and says what of it. Nothing of the call was saved. */
public class CrmRejected extends Refused {

    private final transient Map<String, String> reasons;
    private final transient Map<String, List<Violation>> violations;

    /**
     * Something that amoCRM refuses.
     *
     * @param code which rule was broken: {@code NotSupportedChoice}, {@code InvalidType}, {@code TooLong}, …
     * @param path where, with positions and without ids: {@code custom_fields_values.0.field_id}
     */
    public record Violation(String code, String path) {
    }

    /**
     * @param message what was called and refused, without values
     * @param reasons for each refused item its {@code request_id} and which field broke which rule;
     *                empty when amoCRM blames the call as a whole
     */
    public CrmRejected(String message, Map<String, String> reasons) {
        this(message, reasons, Map.of());
    }

    /**
     * @param message what was called and refused, without values
     * @param reasons for each refused item its {@code request_id} and which field broke which rule, as one text
     * @param violations the same one by one
     */
    public CrmRejected(String message, Map<String, String> reasons, Map<String, List<Violation>> violations) {
        super(message);
        this.reasons = Map.copyOf(reasons);
        this.violations = Map.copyOf(violations);
    }

    /** @return for each refused item its {@code request_id} and which field broke which rule */
    public Map<String, String> reasons() {
        return reasons;
    }

    /**
     * Whether a part is blamed, of whichever item.
     *
     * @param part for example {@code entity_id}
     * @return true also where the part stands deeper in a path
     */
    public boolean blames(String part) {
        return reasons.values().stream().anyMatch(reason -> reason.contains(part));
    }

    /**
     * Whether nothing else is blamed.
     *
     * @param paths whole paths, with positions
     * @return false also where nothing is blamed at all
     */
    boolean blamesOnly(Pattern paths) {
        return !violations.isEmpty() && violations.values().stream().flatMap(List::stream)
                .allMatch(violation -> paths.matcher(violation.path()).matches());
    }

    /**
     * What is wrong with an item.
     *
     * @param requestId its {@code request_id}
     * @param isAlone whether it was the only item of its call: then all is about it, whatever amoCRM calls it
     * @return what is wrong with it; empty where it is not blamed
     */
    public List<Violation> violations(String requestId, boolean isAlone) {
        return isAlone && !violations.containsKey(requestId) ? violations.values().stream().flatMap(List::stream).toList()
                : violations.getOrDefault(requestId, List.of());
    }
}
