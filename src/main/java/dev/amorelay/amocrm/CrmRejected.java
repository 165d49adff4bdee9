package dev.amorelay.amocrm;

import dev.amorelay.work.Refused;
import java.util.Map;

/** amoCRM refuses our data (400, 422). Nothing of the call was saved. */
public class CrmRejected extends Refused {

    private final transient Map<String, String> reasons;

    /**
     * @param message what was called and refused, without values
     * @param reasons for each refused item its {@code request_id} and which field broke which rule;
     *                empty when amoCRM blames the call as a whole
     */
    public CrmRejected(String message, Map<String, String> reasons) {
        super(message);
        this.reasons = Map.copyOf(reasons);
    }

    /** @return for each refused item its {@code request_id} and which field broke which rule */
    public Map<String, String> reasons() {
        return reasons;
    }
}
