package dev.amorelay.amocrm;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * Every call to amoCRM: token → budget → circuit breaker → call → verdict. Each account has a route of its own,
 * so that the breaker of one is not the breaker of another.
 */
@Component
class GateRoute extends RouteBuilder {

    /** In seconds in Camel 4.17, in milliseconds from 4.22 on. */
    private static final int OPEN_SECONDS = 15;

    private final Accounts accounts;

    GateRoute(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The way in for an account's calls. */
    static String entrance(String account) {
        return "direct:amocrm.gate." + account;
    }

    @Override
    public void configure() {
        accounts.names().forEach(this::gateOf);
    }

    private void gateOf(String account) {
        from(entrance(account)).routeId("amocrm.gate." + account)
                .description("The one way to amoCRM account '" + account + "': no flow can exceed a limit, call a CRM"
                        + " that is down, or misread an answer, because all calls pass here")
                .errorHandler(noErrorHandler())
                .setProperty("call", body())
                .bean("gateRequest", "prepare")
                .setProperty("taken", method("callBudget", "take(${exchangeProperty.call})"))
                // after the wait for the budget: from here to the call there is nothing that takes time
                .bean("gateRequest", "stillOurs")
                // inside the breaker only what tells whether amoCRM is up: it swallows any exception it does not count
                .circuitBreaker().id("amocrm.gate." + account + ".breaker")
                    .resilience4jConfiguration()
                        .slidingWindowSize(20).minimumNumberOfCalls(5).failureRateThreshold(50)
                        .waitDurationInOpenState(OPEN_SECONDS)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                    .end()
                    .to("http:amocrm?throwExceptionOnFailure=false&followRedirects=false"
                            + "&connectTimeout=5000&connectionRequestTimeout=5000&responseTimeout=20000"
                            + "&maxTotalConnections=50&connectionsPerRoute=50&copyHeaders=false&deleteWithBody=true")
                    .bean("gateRequest", "isUp")
                .onFallback()
                    .bean("gateRequest", "isDown")
                .end()
                .bean("callBudget", "end(${exchangeProperty.taken})")
                .bean("gateRequest", "judge")
                .removeHeaders("*");
    }
}
