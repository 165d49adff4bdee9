package dev.amorelay.reconciliation;

import dev.amorelay.amocrm.Accounts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Tells how each account's webhooks and its last reconciliation are. It is never red: what amoCRM does is not our health. */
@Component("reconciliation")
class ReconciliationHealth extends AbstractHealthIndicator {

    private final Accounts accounts;
    private final Runs runs;
    private final HookStates hooks;

    ReconciliationHealth(Accounts accounts, Runs runs, HookStates hooks) {
        super("reconciliation state unknown");
        this.accounts = accounts;
        this.runs = runs;
        this.hooks = hooks;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        for (String account : accounts.names()) {
            Map<String, Object> told = new LinkedHashMap<>();
            String state = hooks.state(account);
            told.put("hooks", state == null ? "unknown" : state);
            runs.newest(account, 1).forEach(run -> run.forEach((column, value) -> {
                if (value != null && !column.equals("account")) {
                    told.put("last_" + column, value.toString());
                }
            }));
            health.withDetail(account, told);
        }
    }
}
