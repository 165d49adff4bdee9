package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** Turns a {@link CrmCall} into an HTTP request and the HTTP response into a {@link CrmAnswer}. */
@Component("gateRequest")
class GateRequest {

    private final Accounts accounts;
    private final Verdict verdict;

    GateRequest(Accounts accounts, Verdict verdict) {
        this.accounts = accounts;
        this.verdict = verdict;
    }

    /** Sets address, token and body. */
    public void prepare(@ExchangeProperty("call") CrmCall call, Message message) {
        Account account = accounts.named(call.account());
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_URI, account.settings().address() + call.path());
        if (call.query() != null) {
            message.setHeader(Exchange.HTTP_QUERY, call.query());
        }
        message.setHeader(Exchange.HTTP_METHOD, call.method());
        message.setHeader("Authorization", "Bearer " + account.settings().accessToken());
        message.setHeader("Accept", "application/json");
        if (call.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
        message.setBody(call.body() == null ? null : Json.write(call.body()).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the answer. */
    public CrmAnswer judge(@ExchangeProperty("call") CrmCall call,
                           @Header(Exchange.HTTP_RESPONSE_CODE) int status, Message message) {
        byte[] body = message.getBody(byte[].class);
        return verdict.of(call, status, body == null ? null : new String(body, StandardCharsets.UTF_8));
    }

    /** Tells the caller what went wrong, or that the breaker is open and nothing was sent. */
    public void fail(@ExchangeProperty("call") CrmCall call,
                     @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) throws Exception {
        if (failure == null || failure instanceof CallNotPermittedException) {
            throw new CrmUnavailable(Trouble.DOWN, call.label() + " not sent, the breaker is open", null);
        }
        throw failure instanceof IOException silence ? verdict.of(call, silence) : failure;
    }
}
