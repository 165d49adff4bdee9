package dev.amorelay.delivery;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tells flows what has happened: a route below {@code routes/} says what is owed for it. Which events there are, and what each brings, stands
 * in {@code workshop/flow-events.yaml}; {@code validate} sees to it that a route takes each of them.
 */
@Component
public class FlowEvents {

    private final ProducerTemplate flows;
    private final TransactionOperations inOneCommit;

    /**
     * @param flows the way to routes
     * @param inOneCommit begins a commit where the caller has none
     */
    public FlowEvents(ProducerTemplate flows, TransactionOperations inOneCommit) {
        this.flows = flows;
        this.inOneCommit = inOneCommit;
    }

    /**
     * Lets a flow owe what follows, in the caller's commit; what it owes is one commit in any case.
     *
     * @param event its name, which is that of the {@code direct:} that a route comes from
     * @param facts a plain map, or a list of them; texts, numbers, truth values, maps and lists, no objects of the relay
     * @throws RuntimeException what the flow has failed with, as if it had been called: the caller's error policy knows what it means
     */
    public void tell(String event, Object facts) {
        try {
            inOneCommit.executeWithoutResult(commit -> flows.sendBody("direct:" + event, facts));
        } catch (CamelExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
