package dev.amorelay.amocrm;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The limits of amoCRM: several windows at once, none ever exceeded, shared by all nodes through PostgreSQL
 * (see {@code take_amocrm_call} in the migrations).
 */
@Component("callBudget")
public class CallBudget {

    /** A call that would have to wait longer goes back to its queue instead of holding a worker. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** How full a window may be for work that can wait: the rest is kept for live leads and webhooks. */
    private static final double BACKGROUND_SHARE = 0.5;

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final AccountStates states;
    private final Map<String, Windows> windows = new ConcurrentHashMap<>();

    private record Windows(Integer[] sizes, String[] spans) {
    }

    /**
     * @param jdbc the relay's database
     * @param accounts whose limits these are
     * @param states why an account is paused
     */
    public CallBudget(JdbcTemplate jdbc, Accounts accounts, AccountStates states) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.states = states;
    }

    /**
     * Waits until every window has room for one more call, and takes it.
     *
     * @param call the call that is about to be made
     * @throws CrmUnavailable when the wait would be too long
     */
    public void take(CrmCall call) throws InterruptedException {
        Windows limits = windows.computeIfAbsent(call.account(),
                name -> parse(accounts.named(name).settings().rateLimits()));
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        double share = call.canWait() ? BACKGROUND_SHARE : 1;
        for (long wait = ask(call.account(), limits, share); wait > 0; wait = ask(call.account(), limits, share)) {
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait) > deadline) {
                Duration untilRoom = Duration.ofMillis(wait);
                throw states.pausedBy(call.account()).map(pause -> new BudgetUsedUp(call, pause, untilRoom))
                        .orElseGet(() -> new BudgetUsedUp(call, untilRoom));
            }
            TimeUnit.MILLISECONDS.sleep(wait);
        }
    }

    private long ask(String account, Windows limits, double share) {
        return jdbc.execute((ConnectionCallback<Long>) connection -> askOn(connection, account, limits, share));
    }

    private static Long askOn(Connection connection, String account, Windows limits, double share) throws SQLException {
        Array sizes = connection.createArrayOf("int4", limits.sizes());
        Array spans = connection.createArrayOf("interval", limits.spans());
        try (var statement = connection.prepareStatement("SELECT take_amocrm_call(?, ?, ?, ?)")) {
            statement.setString(1, account);
            statement.setArray(2, sizes);
            statement.setArray(3, spans);
            statement.setDouble(4, share);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } finally {
            sizes.free();
            spans.free();
        }
    }

    private static Windows parse(String limits) {
        List<RateWindow> all = RateWindow.parse(limits);
        return new Windows(all.stream().map(RateWindow::size).toArray(Integer[]::new),
                all.stream().map(RateWindow::span).toArray(String[]::new));
    }
}
