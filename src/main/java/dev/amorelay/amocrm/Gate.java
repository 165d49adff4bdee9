package dev.amorelay.amocrm;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Java's side of the gate to amoCRM. */
@Component
public class Gate {

    private final ProducerTemplate template;

    /**
     * @param template sends calls to the gate's route
     */
    public Gate(ProducerTemplate template) {
        this.template = template;
    }

    /**
     * Calls amoCRM.
     *
     * @param call what is asked
     * @return the answer, when amoCRM did what was asked or found nothing
     * @throws CrmRejected when amoCRM refuses our data
     * @throws CrmOutcomeUnknown when a create may have been done or not
     * @throws CrmUnavailable when amoCRM cannot serve us now
     */
    public CrmAnswer call(CrmCall call) {
        try {
            return template.requestBody(GateRoute.ENTRANCE, call, CrmAnswer.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw e;
        }
    }
}
