package dev.amorelay.work;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * A Camel component whose consumers take rows of a {@link WorkTable}: {@code outbox:mail.lead-copy},
 * {@code inbox:amocrm?batch=200}. Suspending such a route pauses its kind; nothing is lost meanwhile.
 */
public class WorkComponent extends DefaultComponent {

    private final WorkTable<?> table;
    private final LeaseKeeper keeper;
    private final FailurePolicy failures;

    /**
     * @param table where the work lies
     * @param keeper renews the leases of what is being worked on
     * @param failures decides about work whose route did not settle it
     */
    public WorkComponent(WorkTable<?> table, LeaseKeeper keeper, FailurePolicy failures) {
        this.table = table;
        this.keeper = keeper;
        this.failures = failures;
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

    LeaseKeeper keeper() {
        return keeper;
    }

    FailurePolicy failures() {
        return failures;
    }
}
