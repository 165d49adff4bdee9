package dev.amorelay.amocrm;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What is left of each account's windows, {@code amocrm_budget_left{account, window}}, and what part of the full pace it is
 * called at, {@code amocrm_pace{account}} (1 = all of it; less after answers 429); both are looked up when asked for.
 */
@Component
class BudgetMetrics implements MeterBinder {

    private final JdbcTemplate jdbc;
    private final Accounts accounts;

    BudgetMetrics(JdbcTemplate jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Account account : accounts.all()) {
            Gauge.builder("amocrm.pace", () -> jdbc.queryForObject("SELECT amocrm_pace(?)", Double.class, account.name()))
                    .description("Part of the full pace at which an account is called: 1 = all of it, less after answers 429")
                    .tag("account", account.name()).register(registry);
            for (RateWindow window : RateWindow.parse(account.settings().rateLimits())) {
                Gauge.builder("amocrm.budget.left", () -> left(account.name(), window))
                        .description("Calls that a window still has room for")
                        .tag("account", account.name()).tag("window", window.span()).register(registry);
            }
        }
    }

    private long left(String account, RateWindow window) {
        return window.size() - jdbc.queryForObject(
                "SELECT count(*) FROM amocrm_calls WHERE account = ? AND ends_at > clock_timestamp() - ?::interval",
                Long.class, account, window.span());
    }
}
