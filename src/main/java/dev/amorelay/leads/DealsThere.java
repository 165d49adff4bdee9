package dev.amorelay.leads;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Tells the flow that deals are in the CRM now: it says what follows from it. */
@Component
class DealsThere {

    private static final String FLOW = "direct:leads.there.follow";

    private final ProducerTemplate flow;

    DealsThere(ProducerTemplate flow) {
        this.flow = flow;
    }

    /**
     * Lets the flow owe what follows, in the caller's commit.
     *
     * @param deals a plain map each: {@code id} and {@code lead} amoCRM's id of the deal, {@code lead_id} our uuid of the lead,
     *     {@code account} the configured name, {@code source} as the lead told it, {@code contact} amoCRM's id of the contact or null
     */
    void tell(List<Map<String, Object>> deals) {
        try {
            flow.sendBody(FLOW, deals);
        } catch (CamelExecutionException e) {
            // as if it had been called: the error policy knows what it means
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
