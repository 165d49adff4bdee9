package dev.amorelay.amocrm;

/** A read asked for more than amoCRM, or a proxy before it, can take at once (400, 414, 504): it is asked for less. */
public class CrmTooMuch extends CrmUnavailable {

    /**
     * @param detail what was called and answered
     */
    public CrmTooMuch(String detail) {
        super(Trouble.DOWN, detail, null);
    }
}
