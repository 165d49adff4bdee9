package dev.amorelay.amocrm;

import java.io.IOException;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Every call to amoCRM: token → budget → circuit breaker → call → verdict. */
@Component
class GateRoute extends RouteBuilder {

    static final String ENTRANCE = "direct:amocrm.gate";

    /** In seconds in Camel 4.17, in milliseconds from 4.22 on. */
    private static final int OPEN_SECONDS = 15;

    @Override
    public void configure() {
        from(ENTRANCE).routeId("amocrm.gate.call")
                .description("The one way to amoCRM: no flow can exceed a limit, call a CRM that is down,"
                        + " or misread an answer, because all calls pass here")
                .errorHandler(noErrorHandler())
                .setProperty("call", body())
                .bean("callBudget", "take(${exchangeProperty.call})")
                .bean("gateRequest", "prepare")
                .circuitBreaker().id("amocrm.gate.breaker")
                    .resilience4jConfiguration()
                        .slidingWindowSize(20).minimumNumberOfCalls(5).failureRateThreshold(50)
                        .waitDurationInOpenState(OPEN_SECONDS)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .recordException(CrmUnavailable.class, IOException.class)
                    .end()
                    .to("http:amocrm?throwExceptionOnFailure=false&followRedirects=false"
                            + "&connectTimeout=5000&connectionRequestTimeout=5000&responseTimeout=20000"
                            + "&maxTotalConnections=50&connectionsPerRoute=50&copyHeaders=false&deleteWithBody=true")
                    .bean("gateRequest", "judge")
                .onFallback()
                    .bean("gateRequest", "fail")
                .end()
                .removeHeaders("*");
    }
}
