package dev.amorelay.amocrm;

import dev.amorelay.json.Json;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.LeaseLost;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** Turns a {@link CrmCall} into an HTTP request and the HTTP response into a {@link CrmAnswer}. */
@Component("gateRequest")
class GateRequest {

    private static final String DOWN = "down";

    private final Accounts accounts;
    private final TokenSource tokens;
    private final Verdict verdict;
    private final AccountStates states;
    private final CallBudget budget;
    private final LeaseKeeper leases;
    private final RefusedWork refusedWork;

    GateRequest(Accounts accounts, TokenSource tokens, Verdict verdict, AccountStates states, CallBudget budget, LeaseKeeper leases,
                 RefusedWork refusedWork) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.verdict = verdict;
        this.states = states;
        this.budget = budget;
        this.leases = leases;
        this.refusedWork = refusedWork;
    }

    /** Sets address, token and body. */
    public void prepare(@ExchangeProperty("call") CrmCall call, Message message) {
        Access access = tokens.access(accounts.named(call.account()));
        message.getExchange().setProperty("access", access);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_URI, access.address() + call.path());
        if (call.query() != null) {
            message.setHeader(Exchange.HTTP_QUERY, call.query());
        }
        message.setHeader(Exchange.HTTP_METHOD, call.method());
        message.setHeader("Authorization", "Bearer " + access.token());
        message.setHeader("Accept", "application/json");
        if (call.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
        message.setBody(call.body() == null ? null : Json.write(RobotAuthor.sign(call)).getBytes(StandardCharsets.UTF_8));
    }

    /** A worker that was held up beyond its lease changes nothing any more: another one has its work. Reads do no harm. */
    public void stillOurs(@ExchangeProperty("call") CrmCall call, @ExchangeProperty("taken") long taken) {
        if (call.method().equals("GET")) {
            return;
        }
        try {
            leases.fence();
        } catch (LeaseLost lost) {
            budget.end(taken);
            throw lost;
        }
    }

    /** Fails, and so counts for the breaker, when amoCRM is down. */
    public void isUp(@ExchangeProperty("call") CrmCall call, @Header(Exchange.HTTP_RESPONSE_CODE) int status) {
        if (status >= 500) {
            throw verdict.down(call, status);
        }
    }

    /** Notes why there is no answer: amoCRM is down, silent, or the breaker is open and nothing was sent. */
    public void isDown(@ExchangeProperty("call") CrmCall call, Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        CrmUnavailable unavailable;
        if (failure instanceof CrmUnavailable told) {
            unavailable = told;
        } else if (failure == null || failure instanceof CallNotPermittedException) {
            unavailable = new NotSent(call);
        } else {
            unavailable = verdict.of(call, failure);
        }
        exchange.setProperty(DOWN, unavailable);
    }

    /** Reads the answer. An account that refuses our data serves us all the same. */
    public CrmAnswer judge(@ExchangeProperty("call") CrmCall call, @ExchangeProperty(DOWN) CrmUnavailable down,
                           @ExchangeProperty("taken") long taken, @Header(Exchange.HTTP_RESPONSE_CODE) Integer status, Message message) {
        if (down != null) {
            throw down;
        }
        byte[] body = message.getBody(byte[].class);
        try {
            CrmAnswer answer = verdict.of(call, status, body == null ? null : new String(body, StandardCharsets.UTF_8));
            states.served(call.account(), taken);
            if (call.writes()) {
                refusedWork.passed(call, taken);
            }
            return answer;
        } catch (CrmRejected rejected) {
            states.served(call.account(), taken);
            throw rejected;
        } catch (CrmRefusing refusing) {
            states.served(call.account(), taken);
            throw refusing.judgedBy(call.account(), row -> refusedWork.isOdd(row, call.account(), refusing, taken));
        } catch (CrmUnavailable unavailable) {
            if (unavailable.asksForFewerCalls()) {
                budget.slowDown(call.account(), taken);
            }
            throw unavailable;
        }
    }
}
