package dev.amorelay.work;

import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * A Camel component whose consumers take rows of a {@link WorkTable}: {@code outbox:mail.lead-copy},
 * {@code inbox:amocrm?batch=200&perAccount=true}. Suspending such a route pauses its kind; nothing is lost meanwhile.
 */
public class WorkComponent extends DefaultComponent {

    private final WorkTable<?> table;
    private final DueQueues due;
    private final LeaseKeeper keeper;
    private final FailurePolicy failures;
    private final AccountNames accounts;
    private final ClaimWatch claims;

    /**
     * @param table where the work lies
     * @param keeper renews the leases of what is being worked on
     * @param failures decides about work whose route did not settle it
     * @param accounts configured names of the amoCRM accounts
     */
    public WorkComponent(WorkTable<?> table, LeaseKeeper keeper, FailurePolicy failures, AccountNames accounts) {
        this(table, keeper, failures, accounts, new ClaimWatch(), new WorkSignal());
    }

    WorkComponent(WorkTable<?> table, LeaseKeeper keeper, FailurePolicy failures, AccountNames accounts, ClaimWatch claims,
                  WorkSignal signal) {
        this.table = table;
        this.due = new DueQueues(table);
        this.keeper = keeper;
        this.failures = failures;
        this.accounts = accounts;
        this.claims = claims;
        signal.tell(due);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String kind, Map<String, Object> parameters) throws Exception {
        WorkEndpoint endpoint = new WorkEndpoint(uri, this, kind);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    WorkTable<?> table() {
        return table;
    }

    DueQueues due() {
        return due;
    }

    LeaseKeeper keeper() {
        return keeper;
    }

    FailurePolicy failures() {
        return failures;
    }

    ClaimWatch claims() {
        return claims;
    }

    List<String> accounts() {
        return accounts.names();
    }
}
