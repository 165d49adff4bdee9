package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Java's side of the gate to amoCRM. */
@Component
public class Gate {

    private final ProducerTemplate template;
    private final Accounts accounts;
    private final TokenSource tokens;
    private final AccountStates states;
    private final Duration lookUpAfter;

    /**
     * @param template sends calls to the gate's routes
     * @param accounts the configured accounts
     * @param tokens where tokens come from
     * @param states told of troubles
     * @param lookUpAfter how long after a create without an answer it is looked for
     */
    public Gate(ProducerTemplate template, Accounts accounts, TokenSource tokens, AccountStates states,
                @Value("${relay.gate.look-up-after:20s}") Duration lookUpAfter) {
        this.template = template;
        this.accounts = accounts;
        this.tokens = tokens;
        this.states = states;
        this.lookUpAfter = lookUpAfter;
    }

    /**
     * Calls amoCRM. A call that is answered 401 is repeated once with a fresh token, where tokens are refreshed.
     *
     * @param call what is asked
     * @return the answer, when amoCRM did what was asked or found nothing
     * @throws CrmRejected when amoCRM refuses our data
     * @throws CrmOutcomeUnknown when a create may have been done or not
     * @throws CrmUnavailable when amoCRM cannot serve us now
     */
    public CrmAnswer call(CrmCall call) {
        try {
            return passWithToken(call);
        } catch (CrmOutcomeUnknown unknown) {
            states.troubled(call.account(), unknown);
            // amoCRM may still be working on it, and finds what is new a little later
            throw new CrmOutcomeUnknown(unknown.getMessage(), lookUpAfter);
        } catch (CrmUnavailable unavailable) {
            if (!unavailable.isOwnBudget() && !(unavailable instanceof CrmTooMuch) && !(unavailable instanceof CrmRefusing)) {
                states.troubled(call.account(), unavailable);
            }
            throw unavailable;
        }
    }

    private CrmAnswer passWithToken(CrmCall call) {
        Account account = accounts.named(call.account());
        Access access = tokens.access(account);
        try {
            return pass(call);
        } catch (CrmUnavailable unavailable) {
            if (!isRefusal(unavailable)) {
                throw unavailable;
            }
            if (tokens.renew(account, access).isEmpty()) {
                throw tokens.refused(account, unavailable);
            }
        }
        try {
            return pass(call);
        } catch (CrmUnavailable unavailable) {
            throw isRefusal(unavailable) ? tokens.refused(account, unavailable) : unavailable;
        }
    }

    /** Whether amoCRM itself answered 401; held back for a lack of tokens, nothing was asked. */
    private static boolean isRefusal(CrmUnavailable unavailable) {
        return unavailable.trouble() == Trouble.AUTH_REQUIRED && !unavailable.isOwnBudget();
    }

    private CrmAnswer pass(CrmCall call) {
        try {
            return template.requestBody(GateRoute.entrance(call.account()), call, CrmAnswer.class);
        } catch (CamelExecutionException e) {
            // a step wraps what it throws, sometimes more than once
            for (Class<? extends RuntimeException> told : List.of(CrmUnavailable.class, CrmRejected.class, RuntimeException.class)) {
                RuntimeException found = ObjectHelper.getException(told, e.getCause());
                if (found != null) {
                    throw found;
                }
            }
            throw e;
        }
    }
}
