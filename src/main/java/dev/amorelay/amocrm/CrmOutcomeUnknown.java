package dev.amorelay.amocrm;

import java.time.Duration;

/** A create was sent and no clear answer came: it must be looked up before it is sent again. */
public class CrmOutcomeUnknown extends CrmUnavailable {

    /**
     * @param detail what was called and what came back, without personal data
     */
    public CrmOutcomeUnknown(String detail) {
        this(detail, null);
    }

    /**
     * @param detail what was called and what came back, without personal data
     * @param delay how long to wait at least before it is looked up
     */
    public CrmOutcomeUnknown(String detail, Duration delay) {
        super(Trouble.DOWN, detail, delay);
    }

    @Override
    public boolean inDoubt() {
        return true;
    }
}
