package dev.amorelay.amocrm;

import java.time.Duration;

/** The windows have no room for a call, or the account is paused: amoCRM is not asked. */
public class BudgetUsedUp extends CrmUnavailable {

    /**
     * @param call what was to be asked
     * @param trouble why the account is paused; {@link Trouble#TOO_FAST} where only the windows are full
     * @param wait until there is room
     */
    public BudgetUsedUp(CrmCall call, Trouble trouble, Duration wait) {
        super(trouble, call.label() + " not sent, calls are held back", wait);
    }

    @Override
    public boolean isOwnBudget() {
        return true;
    }
}
