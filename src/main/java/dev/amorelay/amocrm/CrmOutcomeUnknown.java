package dev.amorelay.amocrm;

/** A create was sent and no clear answer came: it must be looked up before it is sent again. */
public class CrmOutcomeUnknown extends CrmUnavailable {

    /**
     * @param detail what was called and what came back, without personal data
     */
    public CrmOutcomeUnknown(String detail) {
        super(Trouble.DOWN, detail, null);
    }

    @Override
    public boolean inDoubt() {
        return true;
    }
}
