package dev.amorelay.amocrm;

/** A call that was not made: amoCRM is known to be down, and the breaker is open. */
final class NotSent extends CrmUnavailable {

    /** @param call what was to be asked */
    NotSent(CrmCall call) {
        super(Trouble.DOWN, call.label() + " not sent, the breaker is open", null);
    }

    @Override
    public boolean isNotTried() {
        return true;
    }
}
