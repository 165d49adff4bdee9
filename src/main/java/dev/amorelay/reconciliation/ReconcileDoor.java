package dev.amorelay.reconciliation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import dev.amorelay.reconciliation.Run.Cause;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reconciliation on demand, and how the last ones went. */
@Component
public class ReconcileDoor {

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final int NEWEST = 20;

    private final Accounts accounts;
    private final Runs runs;

    ReconcileDoor(Accounts accounts, Runs runs) {
        this.accounts = accounts;
        this.runs = runs;
    }

    /**
     * Begins a reconciliation of the named account, or of all.
     *
     * @param body {@code {"account", "from", "to"}}, all optional: all accounts, a day ago, now
     * @param contentType JSON
     * @return 202 with {@code {"status":"ok","runs":[{id, account, from, to}]}}; 400, 404 or 415 with cause and remedy
     */
    @Transactional
    public AdminAnswer begin(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        try {
            Wish wish = Wish.of(body, contentType, accounts);
            Instant now = Instant.now();
            Instant to = wish.moment("to", now);
            to = to.isAfter(now) ? now : to;
            Instant from = wish.moment("from", to.minus(A_DAY));
            if (!from.isBefore(to)) {
                return AdminAnswer.error(400, "from не раньше to", "задайте from раньше to, оба в прошлом");
            }
            return begin(wish.accounts(), from, to);
        } catch (Wish.Wrong wrong) {
            return wrong.answer();
        }
    }

    private AdminAnswer begin(Collection<Account> wanted, Instant from, Instant to) {
        ObjectNode answer = Json.object().put("status", "ok");
        ArrayNode list = answer.putArray("runs");
        for (Account account : wanted) {
            Run run = runs.begin(account.name(), Cause.DEMAND, from, to);
            list.addObject().put("id", run.id()).put("account", run.account())
                    .put("from", run.from().toString()).put("to", run.to().toString());
        }
        return AdminAnswer.of(202, answer);
    }

    /**
     * The last reconciliations.
     *
     * @return 200 with {@code {"runs":[{id, account, cause, from, to, step, pages, found_changes, found_deals, found_contacts,
     *     remark, started_at, finished_at}]}}, the newest first
     */
    public AdminAnswer list() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("runs");
        runs.newest(null, NEWEST).forEach(row -> {
            ObjectNode run = list.addObject();
            row.forEach((column, value) -> run.set(column.replace("_at", "").equals("from") || column.equals("to_at")
                    ? column.replace("_at", "") : column, Json.MAPPER.valueToTree(value instanceof Timestamp at ? at.toInstant().toString() : value)));
        });
        return AdminAnswer.of(200, answer);
    }
}
