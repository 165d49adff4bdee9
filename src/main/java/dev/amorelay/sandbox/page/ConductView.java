package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.crm.AccountConduct;
import dev.amorelay.sandbox.crm.CrmAccount;
import dev.amorelay.sandbox.limits.Limits;
import java.util.Locale;

/** An account's counters and settings as JSON. */
final class ConductView {

    private ConductView() {
    }

    /**
     * The counters of an account.
     *
     * @return {@code {account, calls, passed, refused, blocked, blocked_for_ms, windows:[{limit, span_ms, used, fullest, too_early_ms}],
     *         answer_429, latency_ms, jitter_ms, refreshes, renamed}}
     */
    static ObjectNode of(CrmAccount account) {
        AccountConduct conduct = account.conduct();
        Limits.Count count = conduct.limits().count();
        ObjectNode view = Json.object().put("account", account.name()).put("calls", conduct.calls().sum())
                .put("passed", count.passed()).put("refused", count.refused()).put("blocked", count.blocked())
                .put("blocked_for_ms", count.blockedFor().toMillis());
        ArrayNode windows = view.putArray("windows");
        count.windows().forEach(fill -> windows.addObject().put("limit", fill.window().limit())
                .put("span_ms", fill.window().span().toMillis()).put("used", fill.used()).put("fullest", fill.fullest())
                .put("too_early_ms", fill.tooEarly().toNanos() / 1_000_000.0));
        return view.put("answer_429", conduct.tooManyForm().name().toLowerCase(Locale.ROOT))
                .put("latency_ms", conduct.latency().fixed().toMillis()).put("jitter_ms", conduct.latency().jitter().toMillis())
                .put("refreshes", account.tokens().refreshes()).put("renamed", !account.home().equals(account.bases().get(0)));
    }
}
