package dev.amorelay.reconciliation;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * For each account: {@code amocrm_reconciliation_last_seconds} (unix time of the end of the last one, 0 = none yet),
 * {@code amocrm_reconciliation_found_total} by kind, and {@code amocrm_hooks_on} (1, 0 = switched off or missing; absent
 * while not looked at). Read from the database when asked for, so that all nodes tell the same.
 */
@Component
class ReconciliationMetrics implements MeterBinder {

    private final Accounts accounts;
    private final Runs runs;
    private final HookStates hooks;

    ReconciliationMetrics(Accounts accounts, Runs runs, HookStates hooks) {
        this.accounts = accounts;
        this.runs = runs;
        this.hooks = hooks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Account account : accounts.all()) {
            String name = account.name();
            Gauge.builder("amocrm.reconciliation.last", () -> runs.lastFinished(name).map(Instant::getEpochSecond).orElse(0L))
                    .description("When the last reconciliation was finished").baseUnit("seconds").tag("account", name).register(registry);
            Gauge.builder("amocrm.hooks.on", () -> on(name))
                    .description("Whether amoCRM sends its webhooks to this relay").tag("account", name).register(registry);
            for (String kind : List.of("changes", "deals", "contacts")) {
                FunctionCounter.builder("amocrm.reconciliation.found", runs, all -> all.found(name, kind))
                        .description("Events that no webhook had told").tag("account", name).tag("kind", kind).register(registry);
            }
        }
    }

    private double on(String account) {
        String state = hooks.state(account);
        return state == null ? Double.NaN : state.equals("ok") ? 1 : 0;
    }
}
