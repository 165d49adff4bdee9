package dev.amorelay.amocrm;

import dev.amorelay.work.Claimed;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * amoCRM refuses a write and blames nothing that was sent: the trial is over, a right is missing, «Код ошибки 244». It is taken for
 * the account's trouble, and the work waits; only what is refused while others of its kind pass is odd itself, and set aside.
 */
public class CrmRefusing extends CrmUnavailable {

    /** Between two looks whether the account takes writes again. */
    static final Duration PROBE = Duration.ofSeconds(15);

    private final String call;
    private final String reason;
    private final transient Predicate<Claimed> isOdd;
    private final boolean notTried;

    /**
     * @param account the configured name of the account
     * @param call what was called, see {@link CrmCall#label}
     * @param reason what amoCRM said, without personal data
     */
    CrmRefusing(String account, String call, String reason) {
        this(account, call, reason, row -> false, false);
    }

    private CrmRefusing(String account, String call, String reason, Predicate<Claimed> isOdd, boolean notTried) {
        super(account, Trouble.REFUSED, call + " → " + reason, PROBE);
        this.call = call;
        this.reason = reason;
        this.isOdd = isOdd;
        this.notTried = notTried;
    }

    /**
     * The same, of a call that was made.
     *
     * @param odd whether a row of work that was refused like this is odd itself
     * @return the refusal
     */
    CrmRefusing judgedBy(String account, Predicate<Claimed> odd) {
        return new CrmRefusing(account, call, reason, odd, false);
    }

    /**
     * The same, for work that was not tried since others were refused just now.
     *
     * @param account the configured name of the account
     * @return the refusal
     */
    public CrmRefusing notTried(String account) {
        return new CrmRefusing(account, call, reason, row -> false, true);
    }

    /** @return what was called */
    String call() {
        return call;
    }

    /** @return what amoCRM said */
    public String reason() {
        return reason;
    }

    @Override
    public boolean isNotTried() {
        return notTried;
    }

    @Override
    public boolean countsAsAttempt() {
        return false;
    }

    @Override
    public boolean isHopelessFor(Claimed row) {
        return isOdd.test(row);
    }
}
