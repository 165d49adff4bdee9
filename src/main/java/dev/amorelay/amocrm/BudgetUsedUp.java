package dev.amorelay.amocrm;

import java.time.Duration;

/** The windows have no room for a call, or the account is paused: amoCRM is not asked. */
public class BudgetUsedUp extends CrmUnavailable {

    private static final String HELD_BACK = " not sent, calls are held back";

    /**
     * @param call what was to be asked
     * @param pause why the account is paused
     * @param wait until there is room
     */
    public BudgetUsedUp(CrmCall call, AccountStates.Pause pause, Duration wait) {
        super(pause.trouble(), pause.cause(), pause.remedy(), call.label() + HELD_BACK, wait);
    }

    /**
     * @param call what was to be asked, while the windows are full
     * @param wait until there is room
     */
    public BudgetUsedUp(CrmCall call, Duration wait) {
        super(Trouble.TOO_FAST, call.label() + HELD_BACK, wait);
    }

    @Override
    public boolean isOwnBudget() {
        return true;
    }
}
