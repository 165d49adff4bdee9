package dev.amorelay.amocrm;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The limits of amoCRM: several windows at once, none ever exceeded, shared by all nodes through PostgreSQL
 * (see {@code take_amocrm_call} in the migrations). While amoCRM asks for fewer calls, they are fewer, for all nodes too.
 */
@Component("callBudget")
public class CallBudget {

    private static final Logger LOG = LoggerFactory.getLogger(CallBudget.class);

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
     * Waits until every window has room for one more call, and takes it. It fills the windows until {@link #end}.
     *
     * @param call the call that is about to be made
     * @return the taken call's number, to be given back with its answer
     * @throws CrmUnavailable when the wait would be too long, or the worker is stopped
     */
    public long take(CrmCall call) {
        Windows limits = limits(call.account());
        // a call that would have to wait longer goes back to its queue instead of holding a worker
        long deadline = System.nanoTime() + call.turn().patience().toNanos();
        while (true) {
            Answer answer = jdbc.execute((ConnectionCallback<Answer>) connection -> ask(connection, call.account(), limits, call.turn().share()));
            if (answer.call() != null) {
                return answer.call();
            }
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(answer.waitMillis()) > deadline) {
                Duration untilRoom = Duration.ofMillis(answer.waitMillis());
                throw states.pausedBy(call.account()).map(pause -> new BudgetUsedUp(call, pause, untilRoom))
                        .orElseGet(() -> new BudgetUsedUp(call, untilRoom));
            }
            sleep(call, answer.waitMillis());
        }
    }

    /** A worker that is stopped meanwhile gives its work back; nothing was sent. */
    private static void sleep(CrmCall call, long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BudgetUsedUp(call, Duration.ofMillis(millis));
        }
    }

    /**
     * Notes that a call is answered, or has failed: it leaves the windows one span from now.
     *
     * @param taken its number
     */
    public void end(long taken) {
        jdbc.update("UPDATE amocrm_calls SET ends_at = clock_timestamp() WHERE id = ?", taken);
    }

    /**
     * Halves the pace of an account, which grows again while calls are served: a 429 that does not tell for how long.
     *
     * @param account the configured name
     * @param taken number of the call that was refused; one that was on its way when the pace was last halved changes nothing
     */
    public void slowDown(String account, long taken) {
        Windows limits = limits(account);
        Boolean begins = jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            Array sizes = connection.createArrayOf("int4", limits.sizes());
            Array spans = connection.createArrayOf("interval", limits.spans());
            try (var statement = connection.prepareStatement("SELECT slow_amocrm_down(?, ?, ?, ?)")) {
                statement.setString(1, account);
                statement.setLong(2, taken);
                statement.setArray(3, sizes);
                statement.setArray(4, spans);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getBoolean(1);
                }
            } finally {
                sizes.free();
                spans.free();
            }
        });
        if (Boolean.TRUE.equals(begins)) {
            LOG.warn("amoCRM account {}: answers 429, calls go slower and faster again while they are served", account);
        }
    }

    private Windows limits(String account) {
        return windows.computeIfAbsent(account, name -> parse(accounts.named(name).settings().rateLimits()));
    }

    private record Answer(Long call, long waitMillis) {
    }

    private static Answer ask(Connection connection, String account, Windows limits, double share) throws SQLException {
        Array sizes = connection.createArrayOf("int4", limits.sizes());
        Array spans = connection.createArrayOf("interval", limits.spans());
        try (var statement = connection.prepareStatement("SELECT call_id, wait_ms FROM take_amocrm_call(?, ?, ?, ?)")) {
            statement.setString(1, account);
            statement.setArray(2, sizes);
            statement.setArray(3, spans);
            statement.setDouble(4, share);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Answer(rows.getObject(1, Long.class), rows.getLong(2));
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
