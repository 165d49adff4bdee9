package dev.amorelay.work;

import static org.apache.camel.util.ObjectHelper.getException;

import dev.amorelay.logging.Masking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * What becomes of work that failed: refused by the other side, it is set aside; while the other side is down,
 * it waits without limit; failing on its own data, it is tried {@value #MOST_FAILURES} times. The error policies
 * in {@code routes/errors} call one method for each.
 */
@Component("failures")
public class FailurePolicy {

    /** Exchange property: the claimed rows that the exchange works on. */
    public static final String CLAIMED = "claimed";

    /** Failures on a row's own data after which it is set aside. */
    public static final int MOST_FAILURES = 8;

    /** What became of a row that failed. */
    public enum Fate {
        /** It is tried again later. */
        WAITS,
        /** It is dead, and left to a person. */
        SET_ASIDE
    }

    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
    /** A logger of its own, whose lines are bounded: while the database or the CRM is away all that waits says so again and again. */
    private static final Logger WAITS = LoggerFactory.getLogger(FailurePolicy.class.getName() + ".waits");

    private final LeaseKeeper keeper;
    private final ThreadLocal<Boolean> wayClosed = ThreadLocal.withInitial(() -> false);

    /**
     * @param keeper knows what is still unsettled
     */
    public FailurePolicy(LeaseKeeper keeper) {
        this.keeper = keeper;
    }

    /**
     * Sets a row aside, because the other side refuses it as it is. Of a batch nobody knows which row is meant:
     * each is tried again by itself.
     *
     * @param rows claimed rows; settled ones are passed over
     * @param failure what the other side said
     */
    public void setAside(@ExchangeProperty(CLAIMED) Collection<Claimed> rows,
                         @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        List<Claimed> open = rows.stream().filter(keeper::holds).toList();
        if (open.size() == 1) {
            setAside(open.get(0), reason(failure));
        } else {
            open.forEach(row -> countFailure(row, failure));
        }
    }

    /**
     * Lets rows wait, because the other side cannot take anything now.
     *
     * @param rows claimed rows; settled ones are passed over
     * @param failure what is wrong over there
     */
    public void waitForThem(@ExchangeProperty(CLAIMED) Collection<Claimed> rows,
                            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        List<Claimed> open = rows.stream().filter(keeper::holds).toList();
        Later later = getException(Later.class, failure);
        if (open.size() == 1 && later != null && later.isHopelessFor(open.get(0))) {
            setAside(open.get(0), reason(failure));
        } else {
            wait(open, failure);
        }
    }

    private void wait(Collection<Claimed> rows, Throwable failure) {
        Map<WorkTable<?>, List<Claimed>> byTable = new HashMap<>();
        rows.forEach(row -> keeper.tableOf(row).ifPresent(table -> byTable.computeIfAbsent(table, key -> new ArrayList<>()).add(row)));
        byTable.forEach((table, open) -> wait(table, open, failure));
    }

    /**
     * Whether the calling thread's work met a closed way since this was last asked: more of it would fare no better now.
     *
     * @return true when something was not tried because the other side is known to be away
     */
    boolean metClosedWay() {
        boolean met = wayClosed.get();
        wayClosed.remove();
        return met;
    }

    /**
     * Tries rows again a little later, and sets them aside after {@value #MOST_FAILURES} failures.
     *
     * @param rows claimed rows; settled ones are passed over
     * @param failure what happened
     */
    public void tryAgain(@ExchangeProperty(CLAIMED) Collection<Claimed> rows,
                         @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        settle(rows, failure);
    }

    /**
     * Settles one row by what its failure means.
     *
     * @param row a claimed row
     * @param failure what happened
     * @return what became of it
     */
    public Fate settle(Claimed row, Throwable failure) {
        if (getException(LeaseLost.class, failure) != null) {
            keeper.release(row);
            LOG.warn("{}: lease lost, the stale attempt's result is dropped", row.label());
            return Fate.WAITS;
        }
        Later later = getException(Later.class, failure);
        if (getException(Refused.class, failure) != null || later != null && later.isHopelessFor(row)) {
            setAside(row, reason(failure));
            return Fate.SET_ASIDE;
        }
        if (isTheirs(failure)) {
            wait(List.of(row), failure);
            return Fate.WAITS;
        }
        return countFailure(row, failure);
    }

    /**
     * Settles rows that were tried together by what their failure means; of several that were refused nobody knows which
     * is meant, and each is tried again by itself.
     *
     * @param rows claimed rows; settled ones are passed over
     * @param failure what happened
     */
    public void settle(Collection<? extends Claimed> rows, Throwable failure) {
        if (rows.size() > 1 && getException(Refused.class, failure) != null) {
            rows.forEach(row -> countFailure(row, failure));
        } else if (isTheirs(failure) && getException(LeaseLost.class, failure) == null) {
            waitForThem(List.copyOf(rows), failure);
        } else {
            rows.forEach(row -> settle(row, failure));
        }
    }

    private void setAside(Claimed row, String reason) {
        onceFor(row, (table, ours) -> {
            // the table tells of it
            table.bury(ours, reason);
        });
    }

    /** One statement and one line in the log, however many rows wait for the same. */
    @SuppressWarnings("unchecked")
    private <T extends Claimed> void wait(WorkTable<T> table, List<Claimed> rows, Throwable failure) {
        Later later = getException(Later.class, failure);
        Duration asked = later == null || later.delay() == null ? Duration.ZERO : later.delay();
        boolean tried = later == null || !later.isNotTried();
        boolean counted = later == null || later.countsAsAttempt();
        boolean paced = later != null && later.isPaced();
        boolean own = later != null && later.isOwnDelay();
        // it is back for all at once, and the next claim tells
        boolean gone = later == null && PatientSettlement.isDatabaseGone(failure);
        wayClosed.set(wayClosed.get() || !tried);
        Map<T, Duration> delays = new LinkedHashMap<>();
        for (Claimed row : rows) {
            Duration usual = Backoff.after(counted && !paced && !gone ? row.attempts() : 1);
            // who looks too early for what a call cut off has made does not find it, and makes it again
            Duration least = gone && usual.compareTo(table.restAfterCut()) < 0 ? table.restAfterCut() : usual;
            delays.put((T) row, asked.compareTo(least) < 0 && !own ? least : asked);
        }
        WAITS.info("{}{} for {} ms or more: {}", rows.get(0).label(), rows.size() == 1 ? " waits" : " and " + (rows.size() - 1) + " more wait",
                Collections.min(delays.values()).toMillis(), reason(failure));
        PatientSettlement.run(() -> table.postponeAll(delays, reason(failure), counted && !(paced && asked.isZero()),
                later == null || later.inDoubt()));
    }

    private Fate countFailure(Claimed row, Throwable failure) {
        int failures = row.failures() + 1;
        onceFor(row, (table, ours) -> {
            if (failures >= MOST_FAILURES) {
                LOG.warn("{} failed {} times", row.label(), failures, failure);
                table.bury(ours, reason(failure));
            } else {
                LOG.warn("{} failed ({} of {}), tried again later", row.label(), failures, MOST_FAILURES, failure);
                table.postpone(ours, new Postponement(Backoff.after(failures), reason(failure), true, true));
            }
        });
        return failures >= MOST_FAILURES ? Fate.SET_ASIDE : Fate.WAITS;
    }

    private <T extends Claimed> void onceFor(T row, BiConsumer<WorkTable<T>, T> settlement) {
        keeper.tableOf(row).ifPresent(table -> settlement.accept(table, row));
    }

    private static boolean isTheirs(Throwable failure) {
        return getException(Later.class, failure) != null
                || getException(TransientDataAccessException.class, failure) != null
                || getException(DataAccessResourceFailureException.class, failure) != null
                || PatientSettlement.isDatabaseGone(failure);
    }

    private static String reason(Throwable failure) {
        for (Class<? extends RuntimeException> told : List.of(Refused.class, Later.class)) {
            RuntimeException found = getException(told, failure);
            if (found != null) {
                return Masking.mask(found.getMessage());
            }
        }
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return Masking.mask(cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
}
