package dev.amorelay.webhooks;

import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.database.GroupCommit;
import dev.amorelay.work.WorkSignal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Stores hooks before they are answered; those that arrive together share one commit. */
@Component
public class InboxDoor implements DisposableBean {

    private static final int MOST_HOOKS = 256;
    /** So that a door can say 503 within 1.5 s. */
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    /** In bytes, and in events; what is longer commits alone. */
    private static final int SMALL = 64 * 1024;
    private static final int FEW = 64;

    private final KnownAccounts accounts;
    private final GroupCommit<Told, Void> commits;

    /** A hook's events, and how long the hook was. */
    private record Told(List<Arrival> arrivals, long bytes) {

        boolean isLarge() {
            return bytes > SMALL || arrivals.size() > FEW;
        }
    }

    /**
     * @param inbox where they go
     * @param accounts tells whose events they are
     * @param large the database for what is large; whoever else waits at a door has another
     * @param signal told of each commit
     */
    public InboxDoor(Inbox inbox, KnownAccounts accounts, @Qualifier("largeJdbc") JdbcTemplate large, WorkSignal signal) {
        this.accounts = accounts;
        this.commits = new GroupCommit<>("inbox-door", MOST_HOOKS, PATIENCE, Told::isLarge, hooks -> {
            List<List<Arrival>> arrivals = hooks.stream().map(Told::arrivals).toList();
            if (hooks.get(0).isLarge()) {
                inbox.storeInTime(arrivals, large);
            } else {
                inbox.storeInTime(arrivals);
            }
            signal.committed();
            return Collections.nCopies(hooks.size(), null);
        });
    }

    /**
     * Stores the events of one hook; what is certainly a repeat is passed over.
     *
     * @param events what a hook tells
     * @param key the webhook key that the hook came with; empty or null for none
     * @param request which brought it; null for none
     */
    public void store(@Body List<HookEvent> events, @Variable("key") @Nullable String key,
                      @Header(Exchange.HTTP_SERVLET_REQUEST) @Nullable HttpServletRequest request) {
        List<Arrival> arrivals = new ArrayList<>(events.size());
        for (HookEvent event : events) {
            arrivals.add(new Arrival(event, accounts.nameOf(event.accountId(), key)));
        }
        commits.store(new Told(arrivals, request == null ? 0 : request.getContentLengthLong()));
    }

    @Override
    public void destroy() {
        commits.close();
    }
}
